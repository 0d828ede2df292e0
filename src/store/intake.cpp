// tested by: tests/cases/events/run (require)
#include "store/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

/// The greatest number of days. Each costs a kilobyte until it is written, and a file then.
constexpr std::size_t kMostDays = 100'000;
constexpr std::size_t kMostSymbolBytes = 256;  ///< For a symbol that --symbol gives another name.
/// The greatest number of rows of a day, which are at least 10 GB of CSV. Sorting that many takes 3 GiB, however small
/// the packed source is.
constexpr std::size_t kMostRows = std::size_t{1} << 27;

/// Returns the length of all files; 0 if one of them has none, like standard input or a pipe.
std::uint64_t bytes_of(const std::vector<std::string>& names) {
  std::uint64_t bytes = 0;
  for (const auto& name : names) {
    std::error_code none;
    if (name == "-" || !std::filesystem::is_regular_file(name, none)) return 0;
    const auto size = std::filesystem::file_size(name, none);
    if (!none) bytes += size;
  }
  return bytes;
}

}  // namespace

/// Takes a block from bytes to rows to compressed chunks.
class Intake::Job final : public BlockJob {
 public:
  Job(Intake& intake, std::shared_ptr<Source> source, std::size_t number)
      : intake_(intake), source_(std::move(source)), number_(number), rows_(intake.zone_, intake.rejects_.most_kept()) {
    if (intake.options_.require_last) rows_.require_last();
  }

  RawBlock& raw() { return raw_; }

  void before() override {
    source_->read(raw_, rows_);
    groups_ = rows_.take_groups();
    intake_.return_buffer(std::move(raw_.bytes));
  }

  void in_order() override {
    intake_.take(number_, raw_.first_byte, rows_, groups_, work_);
    groups_.clear();
  }

  void after() override {
    for (auto& work : work_) work.encode();
  }

 private:
  Intake& intake_;
  std::shared_ptr<Source> source_;
  std::size_t number_;
  RawBlock raw_;
  RowBlock rows_;
  std::vector<RowGroup> groups_;
  std::vector<ChunkWork> work_;
};

Intake::Intake(const ConvertOptions& options, const TimeZone& zone, RejectList& rejects)
    : options_(options),
      zone_(zone),
      rejects_(rejects),
      threads_(options.threads > 0 ? options.threads
                                   : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))) {}

void Intake::read(const std::vector<std::string>& names) {
  names_ = names;
  if (options_.on_read) bytes_ = bytes_of(names);
  reports_.reserve(names.size());  // blocks in flight write to the reports of earlier sources, so these must not move
  lines_.reserve(names.size());
  run_blocks(threads_, [this] { return next_job(); });
  finish_days();
}

bool Intake::open_next() {
  if (reports_.size() == names_.size()) return false;
  const auto& name = names_[reports_.size()];
  source_ = open_source(name);
  if (options_.require_last && !source_->facts().has_flags)
    throw Error(Exit::input, fmt::format("{} does not say where its events end", name),
                "it has no column flags, which --require-last needs", "convert it without --require-last");
  auto& report = reports_.emplace_back();
  report.name = name == "-" ? "standard input" : name;
  report.format = source_->facts().format;
  report.prices_are_nano = source_->facts().prices_are_nano;
  lines_.push_back(source_->facts().lines_before);
  return true;
}

void Intake::close_source() {
  reports_.back().bytes = source_->bytes();
  reports_.back().hash = source_->hash();
  source_.reset();
}

void Intake::tell_progress() const {
  if (!options_.on_read) return;
  auto done = source_ ? source_->bytes() : 0;
  for (const auto& report : reports_) done += report.bytes;  // the bytes of sources that are closed
  options_.on_read(done, bytes_);
}

std::unique_ptr<BlockJob> Intake::next_job() {
  for (;;) {
    if (!source_ && !open_next()) return nullptr;
    auto job = std::make_unique<Job>(*this, source_, reports_.size() - 1);
    job->raw().bytes = take_buffer();
    const bool is_there = source_->next(job->raw());
    if (!is_there) close_source();
    tell_progress();
    if (is_there) return job;
  }
}

std::vector<char> Intake::take_buffer() {
  const std::scoped_lock lock(buffers_mutex_);
  if (buffers_.empty()) return {};
  auto buffer = std::move(buffers_.back());
  buffers_.pop_back();
  return buffer;
}

void Intake::return_buffer(std::vector<char>&& buffer) {
  const std::scoped_lock lock(buffers_mutex_);
  buffers_.push_back(std::move(buffer));
}

void Intake::take(std::size_t source, std::uint64_t first_byte, RowBlock& block, std::vector<RowGroup>& groups,
                  std::vector<ChunkWork>& work) {
  auto& report = reports_[source];
  rejects_.add(block, lines_[source], first_byte);
  lines_[source] += block.lines;
  report.rows_read += block.rows_read;
  report.rows_rejected += block.rows_rejected;
  for (auto& group : groups) {
    if (group.key.symbol.size() > kMostSymbolBytes)
      throw Error(Exit::input, fmt::format("{} has a symbol of {} bytes", report.name, group.key.symbol.size()),
                  "symbols have 64 at most", "check that this is a file of quotes");
    report.rows_by_symbol[group.key.symbol] += group.rows.rows();
    store(group, source, work);
  }
  if (report.rows_by_symbol.size() > kMostDays)
    throw Error(Exit::input, fmt::format("{} holds more than {} symbols", report.name, format_count(kMostDays)), "",
                "check that this is a file of quotes");
}

/// Appends rows to their day. Once the wanted symbol is met, no other symbol will be stored (choose_names in
/// convert.cpp).
void Intake::store(RowGroup& group, std::size_t source, std::vector<ChunkWork>& work) {
  const auto& wanted = options_.symbol;
  if (!wanted.empty()) {
    if (group.key.symbol.empty()) group.key.symbol = wanted;
    const bool is_wanted = group.key.symbol == wanted;
    if (is_wanted && !met_wanted_) days_.clear();
    met_wanted_ |= is_wanted;
    if (met_wanted_ && !is_wanted) return;
  }
  auto& day = days_[group.key];
  day.append(group.rows, work);
  day.came_from(source);
  if (day.rows() > kMostRows)
    throw Error(Exit::input, fmt::format("{} has more than {} rows", to_string(group.key), format_count(kMostRows)),
                "no day of a symbol is that long", "check that this is a file of quotes");
  day.count_stale(group.stale);
  if (days_.size() > kMostDays)
    throw Error(Exit::input, fmt::format("the input holds more than {} days", kMostDays),
                "a day of each of its symbols is one file", "convert it in parts, or take one symbol with --symbol");
}

void Intake::finish_days() {
  std::vector<ChunkWork> work;
  for (auto& [key, day] : days_) day.finish(work);
  run_parts(threads_, work.size(), [&](std::size_t i) { work[i].encode(); });
  work.clear();
  for (auto& [key, day] : days_)
    if (!day.in_order()) day.sort(threads_);
}

}  // namespace sorsweep
