#include "app/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/terminal.hpp"
#include "core/text.hpp"

namespace sorsweep {
namespace {

constexpr auto kBarInterval = std::chrono::milliseconds(200);
constexpr auto kLineInterval = std::chrono::seconds(10);
constexpr std::size_t kMostBar = 30;
constexpr std::size_t kLeastBar = 5;  ///< A shorter bar is not worth drawing.

double ratio(std::uint64_t done, std::uint64_t all) {
  return static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(1, all));
}

/// Fits "[###....] text" into this many columns: the bar shrinks first, then the text.
std::string fit(double share, std::string text, std::size_t columns) {
  text.resize(std::min(text.size(), columns));
  if (share < 0 || text.size() + kLeastBar + 3 > columns) return text;
  const auto length = std::min(kMostBar, columns - text.size() - 3);
  const auto full = static_cast<std::size_t>(share * static_cast<double>(length));
  return fmt::format("[{}{}] {}", std::string(full, '#'), std::string(length - full, '.'), text);
}

std::string text_of(const Ticker::View& view, double seconds) {
  if (view.share < 0) return fmt::format("{}  {} gone", view.words, format_seconds(seconds));
  const auto to_go = view.share > 0 ? format_seconds(seconds * (1 - view.share) / view.share) : std::string("?");
  return fmt::format("{:3.0f} %  {}  {} gone, {} to go", view.share * 100, view.words, format_seconds(seconds), to_go);
}

}  // namespace

Ticker::Ticker(std::string verb, std::function<View(double seconds)> look, bool quiet)
    : verb_(std::move(verb)), look_(std::move(look)), draws_(can_redraw(kStandardError)) {
  if (!quiet) thread_ = std::thread([this] { tick(); });
}

Ticker::Ticker(std::string verb, std::string words, bool quiet)
    : Ticker(
          std::move(verb),
          [words = std::move(words)](double) {
            return View{-1, words};
          },
          quiet) {}

Ticker::~Ticker() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

double Ticker::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Ticker::tick() {
  std::unique_lock lock(mutex_);
  const auto interval = draws_ ? std::chrono::milliseconds(kBarInterval) : std::chrono::milliseconds(kLineInterval);
  while (!wake_.wait_for(lock, interval, [this] { return done_; })) show();
  clear_bar();  // The result needs the line.
}

void Ticker::show() const {
  const auto elapsed = seconds();
  const auto view = look_(elapsed);
  const auto text = text_of(view, elapsed);
  if (draws_) {  // We ask for the width each time, as windows change. The last column would wrap.
    const auto width = terminal_width(kStandardError);
    draw_bar(fit(view.share, text, std::max<std::size_t>(1, width) - 1));
  } else {
    write_to_stderr(fmt::format("{}: {}\n", verb_, text));
  }
}

Progress::Progress(std::uint64_t total_points, std::size_t total_units, double share_of_units, bool quiet,
                   std::string verb)
    : total_points_(total_points),
      total_units_(total_units),
      share_of_units_(share_of_units),
      ticker_(
          std::move(verb), [this](double seconds) { return view(seconds); }, quiet) {}

double Progress::share() const {
  return std::min(
      1.0, share_of_units_ * ratio(units_, total_units_) + (1 - share_of_units_) * ratio(points_, total_points_));
}

Ticker::View Progress::view(double seconds) const {
  return {share(), fmt::format("{} of {} units  {:.2f} M points/s", units_.load(), total_units_,
                               static_cast<double>(points_) / seconds / 1e6)};
}

StepProgress::StepProgress(std::string verb, std::uint64_t total, std::string what, bool quiet)
    : total_(total),
      what_(std::move(what)),
      ticker_(
          std::move(verb),
          [this](double) {
            return Ticker::View{share(), words()};
          },
          quiet) {}

double StepProgress::share() const {
  const auto total = total_.load();
  return total == 0 ? -1 : std::min(1.0, ratio(done_, total));
}

std::string StepProgress::words() const {
  const auto text = [&](std::uint64_t count) { return what_ == "bytes" ? format_bytes(count) : format_count(count); };
  const auto done = total_ == 0 ? text(done_) : fmt::format("{} of {}", text(done_), text(total_));
  return what_ == "bytes" ? done : fmt::format("{} {}", done, what_);
}

}  // namespace sorsweep
