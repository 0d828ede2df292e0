#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "sorsweep/core/text.hpp"

namespace sorsweep {
namespace {

constexpr auto kBarInterval = std::chrono::milliseconds(200);
constexpr auto kLineInterval = std::chrono::seconds(10);
constexpr std::size_t kBarWidth = 30;

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * kBarWidth);
  return std::string(full, '#') + std::string(kBarWidth - full, '.');
}

}  // namespace

Progress::Progress(std::uint64_t total_points, std::size_t total_units, double share_of_units, bool quiet)
    : total_points_(total_points),
      total_units_(total_units),
      share_of_units_(share_of_units),
      on_terminal_(::isatty(STDERR_FILENO) == 1) {
  if (!quiet) ticker_ = std::thread([this] { tick(); });
}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  if (ticker_.joinable()) ticker_.join();
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

double Progress::share() const {
  const auto of = [](std::uint64_t done, std::uint64_t all) {
    return static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(1, all));
  };
  return std::min(1.0, share_of_units_ * of(units_, total_units_) + (1 - share_of_units_) * of(points_, total_points_));
}

void Progress::tick() {
  std::unique_lock lock(mutex_);
  const auto interval =
      on_terminal_ ? std::chrono::milliseconds(kBarInterval) : std::chrono::milliseconds(kLineInterval);
  while (!wake_.wait_for(lock, interval, [this] { return done_; })) show();
  if (on_terminal_) fmt::print(stderr, "\r\033[K");  // the bar makes room for the result
}

void Progress::show() const {
  const double share = this->share();
  const double elapsed = seconds();
  const auto eta = share > 0 ? format_seconds(elapsed * (1 - share) / share) : std::string("?");
  const auto text =
      fmt::format("{:3.0f} %  {} of {} units  {:.2f} M points/s  {} gone, {} to go", share * 100, units_.load(),
                  total_units_, static_cast<double>(points_) / elapsed / 1e6, format_seconds(elapsed), eta);
  if (on_terminal_) {
    fmt::print(stderr, "\r\033[K[{}] {}", bar(share), text);
  } else {
    fmt::print(stderr, "sweep: {}\n", text);
  }
  std::fflush(stderr);
}

}  // namespace sorsweep
