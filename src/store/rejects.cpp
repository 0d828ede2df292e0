#include "store/rejects.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "store/convert.hpp"

namespace sorsweep {
namespace {

constexpr std::size_t kShown = 5;

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

}  // namespace

std::size_t RejectList::most_kept() const {
  return std::max<std::size_t>(limit_, kShown);
}

void RejectList::add(RowBlock& block, std::uint64_t lines, std::uint64_t bytes) {
  count_ += block.rows_rejected - block.rows_not_last;
  for (const auto& [kind, count] : block.rejects_by_kind) by_kind_[kind] += count;
  if (block.rows_not_last > 0) by_kind_[kNotLast] += block.rows_not_last;
  for (auto& reject : block.rejects) {
    if (kept_.size() >= most_kept()) return;
    reject.line += lines;
    reject.byte += bytes + 1;
    kept_.push_back(std::move(reject));
  }
}

void RejectList::refuse_if_too_many() const {
  if (count_ <= limit_) return;
  std::string shown;
  for (std::size_t i = 0; i < std::min(kShown, kept_.size()); ++i)
    shown += fmt::format("\n  {}: {}: {}: «{}»", place_of(kept_[i]), kept_[i].kind, kept_[i].why, kept_[i].text);
  throw Error(Exit::input,
              fmt::format("{} row{} refused, {} allowed; nothing was written", count_, count_ == 1 ? "" : "s", limit_),
              "", fmt::format("fix them, or leave them out with --max-rejects {}{}", count_, shown));
}

void RejectList::stage(Publication& publication, const std::filesystem::path& store) const {
  const auto path = store / "rejects.csv";
  if (kept_.empty() && !std::filesystem::exists(path)) return;  // an old list has to be replaced
  std::string text = "file,line,byte,column,kind,why,text\n";
  for (const auto& r : kept_)
    text += fmt::format("{},{},{},{},{},{},{}\n", csv_cell(r.file), r.line, r.byte, r.column, r.kind, csv_cell(r.why),
                        csv_cell(r.text));
  publication.stage(path, IfThere::replace, [&](NewFile& file) { file.write(text); });
}

}  // namespace sorsweep
