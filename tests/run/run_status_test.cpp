#include "run/run_status.hpp"

#include <fstream>

#include "catch_compat.hpp"
#include "run/coverage.hpp"
#include "run/run_events.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;
namespace fs = std::filesystem;

namespace {

constexpr TimeNs kStart = 1'720'432'800 * kNsPerSecond;  // 2024-07-08T10:00:00Z

/// Writes a log by hand. Times are seconds since kStart.
class HandLog {
 public:
  HandLog(const fs::path& run, const std::string& host, int pid, double at = 0, const std::string& extra = "") {
    fs::create_directories(run / "logs");
    file_.open(run / "logs" / ("20240708T100000Z-" + host + "-" + std::to_string(pid) + ".jsonl"));
    add("start", at,
        R"("host":")" + host + R"(","pid":)" + std::to_string(pid) + R"(,"shard":"1/2","threads":2,"units":3)" + extra);
  }
  void add(const std::string& event, double at, const std::string& fields) {
    const auto time = format_iso_time(kStart + static_cast<TimeNs>(at * kNsPerSecond));
    file_ << R"({"event":")" << event << R"(","time":")" << time << R"(",)" << fields << "}" << std::endl;
  }
  void begin(const std::string& unit, double at) { add("unit_begin", at, R"("unit":")" + unit + '"'); }
  void done(const std::string& unit, double at, bool fresh = true) {
    add("unit", at, R"("unit":")" + unit + R"(","fresh":)" + (fresh ? "true" : "false"));
  }
  void fail(const std::string& unit, double at) {
    add("unit_failed", at, R"("unit":")" + unit + R"(","exit":3,"error":"no","alone":"x")");
  }
  void end(double at) { add("end", at, R"("exit":0)"); }
  void tear() { file_ << R"({"event":"unit","time":"2024-07-0)" << std::flush; }

 private:
  std::ofstream file_;
};

bool nobody_is_gone(const RunEvent&) {
  return false;
}

template <class T>
std::vector<std::string> units_of(const std::vector<T>& list) {
  std::vector<std::string> units;
  for (const auto& one : list) units.push_back(one.unit);
  return units;
}

using Names = std::vector<std::string>;

RunCoverage coverage(const Names& units, const std::vector<bool>& done) {
  return {"id", "", units, done, {}, {}};
}

TimeNs at(double seconds) {
  return kStart + static_cast<TimeNs>(seconds * kNsPerSecond);
}

}  // namespace

TEST_CASE("a run without logs has no history", "[app][status]") {
  const TemporaryFolder run;
  const auto history = read_history(run.path());
  CHECK(history.processes.empty());
  const auto status = make_status(coverage({"A", ""}, {true, false}), history, kStart);
  CHECK((status.units == 2 && status.done == 1 && status.missing() == 1));
  CHECK_FALSE(status.rate_per_minute);
  CHECK_FALSE(status.efficiency);
}

TEST_CASE("units run while their process lives", "[app][status]") {
  const TemporaryFolder run;
  HandLog log(run.path(), "n1", 7);
  log.begin("A", 1);
  log.done("A", 2);
  log.begin("B", 2);
  log.begin("C", 3);
  log.tear();
  const auto alive = read_history(run.path(), nobody_is_gone);
  CHECK(units_of(alive.running) == Names{"B", "C"});
  CHECK(alive.running[0].since_ns == at(2));
  CHECK(alive.processes.at(0).state == RunProcess::State::running);
  CHECK(units_of(make_status(coverage({"A", "B", "C"}, {true, true, false}), alive, at(9)).running) == Names{"C"});
  const auto gone = [](const RunEvent& start) { return start.host == "n1" && start.pid == 7; };
  const auto lost = read_history(run.path(), gone);
  CHECK(lost.running.empty());
  CHECK(lost.processes.at(0).state == RunProcess::State::lost);
  CHECK(lost.processes.at(0).units_computed == 1);
}

TEST_CASE("what was abandoned, or what an ended process left, does not run", "[app][status]") {
  const TemporaryFolder run;
  HandLog stopped(run.path(), "n1", 1);
  stopped.begin("A", 1);
  stopped.begin("B", 1);
  stopped.add("stop", 2, R"("signal":"SIGUSR1","abandoned":["A"])");
  CHECK(units_of(read_history(run.path(), nobody_is_gone).running) == Names{"B"});
  stopped.end(3);
  const auto history = read_history(run.path(), nobody_is_gone);
  CHECK(history.running.empty());
  CHECK(history.processes.at(0).signal == "SIGUSR1");
}

TEST_CASE("a process whose job was started anew is lost", "[app][status]") {
  const TemporaryFolder run;
  const auto slurm = [](int restart, const std::string& task) {
    return R"(,"slurm":{"job":"12","array_job":"10","task":")" + task + R"(","restart":)" + std::to_string(restart) +
           "}";
  };
  HandLog first(run.path(), "n1", 1, 0, slurm(0, "2"));
  first.begin("A", 1);
  HandLog other(run.path(), "n1", 2, 0, slurm(0, "3"));
  other.begin("B", 1);
  HandLog again(run.path(), "n2", 3, 5, slurm(1, "2"));
  const auto history = read_history(run.path(), nobody_is_gone);
  CHECK(units_of(history.running) == Names{"B"});
  CHECK(history.processes.at(0).state == RunProcess::State::lost);
}

TEST_CASE("a unit has failed until it is done, or is tried again", "[app][status]") {
  const TemporaryFolder run;
  HandLog log(run.path(), "n1", 1);
  for (const auto* unit : {"A", "B", "C", "D"}) log.fail(unit, 1);
  log.fail("D", 2);
  HandLog later(run.path(), "n2", 2, 3);
  later.done("A", 4);
  later.done("B", 4, false);
  later.begin("C", 4);
  const auto history = read_history(run.path(), nobody_is_gone);
  REQUIRE(units_of(history.failed) == Names{"D"});
  CHECK((history.failed[0].time_ns == at(2) && history.failed[0].exit == 3 && history.failed[0].shard == "1/2"));
  later.end(5);  // C was not done after all
  const auto ended = read_history(run.path(), nobody_is_gone);
  CHECK(units_of(ended.failed) == Names{"C", "D"});
  CHECK(units_of(make_status(coverage({"C", "D"}, {true, false}), ended, at(9)).failed) == Names{"D"});
}

TEST_CASE("efficiency is the share of time in which units were in work that count", "[app][status]") {
  const TemporaryFolder run;
  HandLog log(run.path(), "n1", 1);
  log.begin("A", 0);  // two at a time: 6 seconds with both
  log.begin("B", 2);
  log.done("A", 4);
  log.done("B", 6);
  log.done("C", 7, false);  // was there
  log.end(10);
  CHECK(read_history(run.path(), nobody_is_gone).processes.at(0).busy_seconds == 6);
  HandLog twice(run.path(), "n2", 2);  // A again, and later: lost work
  twice.begin("A", 0);
  twice.done("A", 5);
  twice.end(10);
  const auto history = read_history(run.path(), nobody_is_gone);
  CHECK(history.processes.at(1).busy_seconds == 0);
  const auto efficiency = efficiency_of(history.processes);
  REQUIRE(efficiency);
  CHECK(*efficiency == 0.5);  // 6 of 7 seconds, and 0 of 5
}

TEST_CASE("rate and time to go come from what those that work have done lately", "[app][status]") {
  const TemporaryFolder run;
  HandLog before(run.path(), "n1", 1, -5000);
  before.done("A", -4000);
  before.end(-3000);
  HandLog log(run.path(), "n2", 2);
  log.done("B", 30);
  log.done("C", 60);
  auto there = coverage({"A", "B", "C", "D", "E", "F"}, {true, true, true, false, false, false});
  const auto history = read_history(run.path(), nobody_is_gone);
  const auto status = make_status(there, history, at(60));
  CHECK(status.rate_per_minute == 2);
  CHECK(status.eta_seconds == 90);
  there.cost = {1, 1, 1, 2, 2, 2};
  CHECK(make_status(there, history, at(60)).eta_seconds == 180);
  there.shard = {0, 0, 1, 1, 3, 3};
  CHECK(make_status(there, history, at(60)).missing_shards == std::vector<std::size_t>{2, 4});
  const auto long_after = make_status(there, history, at(6000));  // nothing lately
  CHECK(long_after.rate_per_minute == 0);
  CHECK_FALSE(long_after.eta_seconds);
  log.end(61);
  CHECK_FALSE(make_status(there, read_history(run.path(), nobody_is_gone), at(62)).rate_per_minute);
}

TEST_CASE("times of hosts whose clocks are wrong are put on the clock that they share", "[app][status]") {
  const TemporaryFolder run;
  const auto file_time = [](double seconds) { return R"(,"file_time":")" + format_iso_time(at(seconds)) + '"'; };
  HandLog ahead(run.path(), "n1", 1, 3600, file_time(0));
  ahead.done("A", 3630);
  ahead.begin("B", 3640);
  HandLog behind(run.path(), "n2", 2, -3590, file_time(10));
  behind.fail("C", -3560);
  behind.end(-3550);
  HandLog right(run.path(), "n3", 3, 20, file_time(19.99));  // file systems keep coarse times
  right.done("C", 50);
  const auto history = read_history(run.path(), nobody_is_gone);
  REQUIRE(history.processes.size() == 3);
  CHECK(history.processes[0].clock_ahead_ns == 3600 * kNsPerSecond);
  CHECK(history.processes[1].clock_ahead_ns == -3600 * kNsPerSecond);
  CHECK(history.processes[2].clock_ahead_ns == 0);
  CHECK((history.processes[0].start.time_ns == at(0) && history.processes[0].last_ns == at(40)));
  CHECK((history.processes[1].start.time_ns == at(10) && history.processes[1].last_ns == at(50)));
  CHECK(history.running.at(0).since_ns == at(40));
  CHECK(history.failed.empty());  // C was computed 10 s after it had failed
  const auto status = make_status(coverage({"A", "B", "C", "D"}, {true, false, true, false}), history, at(60));
  CHECK(status.rate_per_minute == 2);
  CHECK(status.eta_seconds == 60);
  CHECK_THAT(status_text(status, "runs/x"),
             Catch::Contains("clocks      n1 1h00m ahead and n2 1h00m behind: their times are corrected\n"));
}
