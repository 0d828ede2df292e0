#include "feed/csv_text.hpp"

namespace sorsweep {

bool CsvLines::next(std::string_view& line) {
  while (!rest_.empty()) {
    const auto end = rest_.find('\n');
    line = without_carriage_return(rest_.substr(0, end));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++number_;
    if (!line.empty()) return true;
  }
  return false;
}

bool split_csv_line(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  for (std::size_t begin = 0;;) {
    const bool quoted = begin < line.size() && line[begin] == '"';
    const auto closing = quoted ? line.find('"', begin + 1) : begin;
    if (closing == std::string_view::npos) return false;
    const auto comma = line.find(',', closing);
    const auto end = comma == std::string_view::npos ? line.size() : comma;
    if (quoted && end != closing + 1) return false;  // something stands between the closing quote and the comma
    fields.push_back(quoted ? line.substr(begin + 1, closing - begin - 1) : line.substr(begin, end - begin));
    if (comma == std::string_view::npos) return true;
    begin = comma + 1;
  }
}

}  // namespace sorsweep
