#include "run/event_log.hpp"

#include <unistd.h>

#include <map>
#include <sstream>
#include <thread>

#include "catch_compat.hpp"
#include "core/files.hpp"
#include "core/machine.hpp"
#include "temporary_folder.hpp"

using namespace sorsweep;
namespace fs = std::filesystem;

namespace {

Environment environment_of(const std::map<std::string, std::string>& variables) {
  return [variables](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

fs::path only_log(const fs::path& run) {
  std::vector<fs::path> logs;
  for (const auto& entry : fs::directory_iterator(run / "logs")) logs.push_back(entry.path());
  REQUIRE(logs.size() == 1);
  return logs.front();
}

std::vector<RunEvent> events_of(const fs::path& run) {
  std::istringstream lines(read_file(only_log(run), Exit::input));
  std::vector<RunEvent> events;
  for (std::string line; std::getline(lines, line);) {
    const auto event = read_event(line);
    REQUIRE(event);
    events.push_back(*event);
  }
  return events;
}

}  // namespace

TEST_CASE("a log tells who works, on what, and how it ended", "[app][event_log]") {
  const TemporaryFolder run;
  {
    EventLog log(run.path(), {"3/8", 2, 1000, 4, "sorsweep sweep «c» --shard 3/8"},
                 environment_of({{"SLURM_JOB_ID", "12"},
                                 {"SLURM_ARRAY_JOB_ID", "10"},
                                 {"SLURM_ARRAY_TASK_ID", "2"},
                                 {"SLURM_RESTART_COUNT", "1"},
                                 {"SLURMD_NODENAME", "n1"}}));
    log.unit_begin("A 2024-07-08");
    log.unit_done("A 2024-07-08", true);
    log.unit_done("B 2024-07-08", false, 0.5);
    log.unit_begin("C 2024-07-08");
    log.unit_failed("C 2024-07-08", Exit::input, "no\nquotes", "sorsweep sweep c");
    log.unit_begin("D 2024-07-08");
    CHECK(log.in_flight() == std::vector<std::string>{"D 2024-07-08"});
    log.stop("SIGUSR1", log.in_flight());
    CHECK(log.in_flight().empty());
    log.end(Exit::stopped);
    log.unit_failed("D 2024-07-08", Exit::resources, "its temporary is gone", "");  // too late
  }
  const auto events = events_of(run.path());
  REQUIRE(events.size() == 9);
  const auto& start = events[0];
  CHECK(start.host == host_name());
  CHECK(start.pid == ::getpid());
  CHECK(start.pid_namespace == pid_namespace());
  CHECK(start.shard == "3/8");
  CHECK(std::abs(start.time_ns - start.file_time_ns) < kNsPerSecond);
  CHECK((start.threads == 2 && start.memory == 1000 && start.units == 4));
  CHECK(start.command == "sorsweep sweep «c» --shard 3/8");
  REQUIRE(start.slurm);
  CHECK((start.slurm->job == "12" && start.slurm->array_job == "10" && start.slurm->task == "2"));
  CHECK((start.slurm->restart == 1 && start.slurm->node == "n1"));
  CHECK((events[2].kind == RunEvent::Kind::unit && events[2].fresh && events[2].peak_memory > 0));
  CHECK((!events[3].fresh && events[3].seconds == 0.5));
  CHECK((events[5].exit == 3 && events[5].error == "no\nquotes" && events[5].alone == "sorsweep sweep c"));
  CHECK((events[7].signal == "SIGUSR1" && events[7].abandoned == std::vector<std::string>{"D 2024-07-08"}));
  const auto& end = events[8];
  CHECK((end.exit == 75 && end.units_computed == 1 && end.units_resumed == 1 && end.seconds >= 0));
  for (std::size_t i = 1; i < events.size(); ++i) CHECK(events[i - 1].time_ns <= events[i].time_ns);
}

TEST_CASE("a log's name has time, host and process; outside of SLURM there are no ids", "[app][event_log]") {
  const TemporaryFolder run;
  { const EventLog log(run.path(), {"", 1, 1, 1, ""}, environment_of({})); }
  const auto name = only_log(run.path()).filename().string();
  CHECK(name.substr(8, 1) == "T");
  CHECK(name.substr(15) == "Z-" + host_name() + "-" + std::to_string(::getpid()) + ".jsonl");
  CHECK_FALSE(events_of(run.path())[0].slurm);
}

TEST_CASE("lines of many threads stay whole", "[app][event_log]") {
  const TemporaryFolder run;
  {
    EventLog log(run.path(), {"", 4, 1, 400, ""}, environment_of({}));
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&log, t] {
        for (int i = 0; i < 100; ++i) log.unit_done(std::to_string(t) + "/" + std::to_string(i), true, 0);
      });
  }
  CHECK(events_of(run.path()).size() == 401);
}

TEST_CASE("a log that cannot be written fails nothing", "[app][event_log]") {
  const TemporaryFolder run;
  write_text(run.path() / "logs", "a file");
  EventLog log(run.path(), {"", 1, 1, 1, ""}, environment_of({}));
  log.unit_begin("A");
  log.end(Exit::ok);
  CHECK(log.in_flight() == std::vector<std::string>{"A"});
}

TEST_CASE("a log does not make a run anew that was moved away", "[app][event_log]") {
  const TemporaryFolder folder;
  EventLog log(folder.path() / "gone", {"", 1, 1, 1, ""}, environment_of({}));
  log.end(Exit::ok);
  CHECK_FALSE(fs::exists(folder.path() / "gone"));
}

TEST_CASE("what is no event is not read as one", "[app][event_log]") {
  for (const auto* line :
       {"", "{", "[]", "1", "null", "{}", R"({"event":"end"})", R"({"event":"end","time":"x"})",
        R"({"event":"later","time":"2024-07-08T10:00:00Z"})", R"({"event":3,"time":"2024-07-08T10:00:00Z"})",
        R"({"event":"end","time":"2024-07-08T10:00:00Z","exit":"x"})", R"({"event":"unit","time":"2024-07-08T10:0)"})
    CHECK_FALSE(read_event(line));
  CHECK(read_event(R"({"event":"end","time":"2024-07-08T10:00:00Z"})"));
}

TEST_CASE("a command that is not UTF-8 can be written down", "[app][event_log]") {
  RunEvent event;
  event.command = "sorsweep sweep \xff.yaml";
  const auto read = read_event(to_json(event));
  REQUIRE(read);
  CHECK(read->command == "sorsweep sweep \xef\xbf\xbd.yaml");
}

TEST_CASE("processes that begin in the same second with equal names have logs of their own", "[app][event_log]") {
  const TemporaryFolder run;
  for (int i = 0; i < 3; ++i) {  // more than one second cannot pass between all of them
    EventLog log(run.path(), {"", 1, 1, 1, ""}, environment_of({}));
    log.unit_begin("unit");
    log.end(Exit::ok);
  }
  std::size_t logs = 0;
  for (const auto& entry : fs::directory_iterator(run.path() / "logs")) {
    const auto text = read_file(entry.path(), Exit::input);
    CHECK(std::count(text.begin(), text.end(), '\n') == 3);
    ++logs;
  }
  CHECK(logs == 3);
}
