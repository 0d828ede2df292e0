#include "app/man_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sorsweep/core/text.hpp"

namespace sorsweep {
namespace {

constexpr const char* kDescription = R"(.SH DESCRIPTION
.B sorsweep
runs the backtest of a smart order router over a grid of parameters and days
of top\-of\-book quotes, and says which parameters traded an order cheapest,
and whether that can be trusted.
Data are converted once into a store; a sweep is described by a YAML file;
its results are a folder, with a report that opens in any browser.
A run that was stopped is resumed by the same command.
)";

constexpr const char* kEnvironment = R"(.SH ENVIRONMENT
Every option that names a variable can be given by it; a flag is set by the word
.BR true .
The command line wins over the environment, the environment over the YAML
file, that over the defaults.
.TP
.B SLURM_CPUS_PER_TASK\fR, \fBSLURM_CPUS_ON_NODE\fR, \fBSLURM_MEM_PER_NODE\fR, \fBSLURM_MEM_PER_CPU
What a SLURM job was given:
.BR sweep ", " merge " and " report
keep to it, but for
.BR \-\-threads " and " \-\-mem .
)";

constexpr const char* kExitStatus = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Internal error: a mistake of the program.
.TP
.B 2
Command line or config refused.
.TP
.B 3
Input data refused.
.TP
.B 4
A file is damaged, or is not what it should be.
.TP
.B 5
Memory or disk refused.
.TP
.B 6
A run is not complete.
.TP
.B 75
Stopped in order by SIGTERM, SIGINT or SIGUSR1: run the same command again.
.TP
.B 128+\fIn
Killed by signal
.IR n .
)";

constexpr const char* kFiles = R"(.SH FILES
.TP
.I STORE/SYMBOL/DATE.h5
A day of quotes; beside the symbols
.IR rejects.csv ,
the rows that were left out.
.TP
.I RUN/report.html\fR, \fIRUN/best.json\fR, \fIRUN/summary.md\fR, \fIRUN/results.h5
The results, for people and for programs.
.TP
.I RUN/units/*.h5\fR, \fIRUN/manifest.json\fR, \fIRUN/config.resolved.yaml
What the results are made from:
.B report
makes them anew.
.TP
.I /usr/share/sorsweep
Where the program was installed under
.IR /usr :
configs to start from, and
.I slurm/submit.sh
and
.I slurm/status.sh
for clusters.
.TP
.I /usr/share/doc/sorsweep
The pages of documentation; every key of the YAML file is in
.IR docs/config.md .
)";

constexpr const char* kExamples = R"(.SH EXAMPLES
A made\-up market, from nothing to a result:
.PP
.nf
.RS
sorsweep synth \-o data/csv \-\-days 5 \-\-venues 5
sorsweep convert data/csv \-o data/quickstart/store \-\-symbol SYNTH
sorsweep plan /usr/share/sorsweep/configs/quickstart.yaml
sorsweep sweep /usr/share/sorsweep/configs/quickstart.yaml \-o runs/mine
.RE
.fi
.PP
The same sweep as four processes, on any hosts that share the folder:
.PP
.nf
.RS
seq 4 | parallel sorsweep sweep my.yaml \-o runs/mine \-\-shard {}/4
sorsweep merge runs/mine
.RE
.fi
)";

constexpr const char* kSeeAlso = R"(.SH SEE ALSO
.BR parallel (1),
.BR sbatch (1)
)";

/// Text as roff reads it within a line: no escapes, every hyphen as typed.
std::string roff(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\\')
      out += "\\e";
    else if (byte == '-')
      out += "\\-";
    else if (byte < 0x80)
      out += text[i];
    else {  // the first byte of a UTF-8 sequence says how long it is
      const int more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
      unsigned code = byte & (0x3FU >> more);
      for (int k = 0; k < more && i + 1 < text.size(); ++k)
        code = code << 6 | (static_cast<unsigned char>(text[++i]) & 0x3FU);
      out += fmt::format("\\[u{:04X}]", code);
    }
  }
  return out;
}

std::string bold(const std::string& text) {
  return "\\fB" + roff(text) + "\\fR";
}

std::string italic(const std::string& text) {
  return "\\fI" + roff(text) + "\\fR";
}

/// "TEXT" of "TEXT:{csv,csv.zst}"; of a positional its name.
std::string placeholder(const OptionOutline& option) {
  const auto word = option.is_positional ? option.names : option.value.substr(0, option.value.find(':'));
  return italic(word) + (option.is_positional && option.may_repeat ? "\\|.\\|.\\|." : "");
}

/// What stands behind the colon, in words.
std::string limits(const OptionOutline& option) {
  const auto words = option_words(option);
  if (!words.empty()) {
    const auto choice = join_words(words);
    return option.help.find(choice) == std::string::npos ? fmt::format(" One of: {}.", roff(choice)) : "";
  }
  const auto first = option.value.find('['), last = option.value.rfind(']');
  if (first == std::string::npos || last == std::string::npos) return "";
  auto range = option.value.substr(first + 1, last - first - 1);
  const auto dash = range.find(" - ");
  if (dash == std::string::npos) return "";
  return " From " + roff(range.replace(dash, 3, " to ")) + ".";
}

/// "-o, --out TEXT"
std::string heading(const OptionOutline& option) {
  if (option.is_positional) return placeholder(option);
  std::string text;
  for (std::size_t at = 0; at < option.names.size();) {
    const auto comma = std::min(option.names.find(',', at), option.names.size());
    text += (text.empty() ? "" : ", ") + bold(option.names.substr(at, comma - at));
    at = comma + 1;
  }
  return option.value.empty() ? text : text + " " + placeholder(option);
}

/// In lines of 78 bytes, none of which roff takes for a request.
std::string wrap(const std::string& text) {
  std::string wrapped;
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto space = std::min(text.find(' ', at), text.size());
    const auto word = text.substr(at, space - at);
    const bool is_first = wrapped.empty() || length + 1 + word.size() > 78;
    if (is_first && !wrapped.empty()) wrapped += '\n';
    if (!is_first) wrapped += ' ';
    if (is_first && (word.starts_with('.') || word.starts_with('\''))) wrapped += "\\&";
    wrapped += word;
    length = is_first ? word.size() : length + 1 + word.size();
    at = space + 1;
  }
  return wrapped + "\n";
}

std::string paragraph(const OptionOutline& option) {
  auto text = roff(option.help) + "." + limits(option);
  if (option.is_required && !option.is_positional) text += " Needed.";
  if (!option.fallback.empty() && !option.value.empty()) text += fmt::format(" Default: {}.", roff(option.fallback));
  if (!option.environment.empty()) text += fmt::format(" Environment: {}.", bold(option.environment));
  return fmt::format(".TP\n{}\n{}", heading(option), wrap(text));
}

bool is_help(const OptionOutline& option) {
  return option.names.ends_with("--help");
}

/// "-o TEXT" of what a verb needs.
std::string needed(const OptionOutline& option) {
  if (option.is_positional) return placeholder(option);
  return fmt::format("{} {}", bold(option.names.substr(0, option.names.find(','))), placeholder(option));
}

/// "synth -o TEXT [option...]"
std::string usage(const VerbOutline& verb) {
  auto text = bold(verb.name);
  for (const auto& option : verb.options)
    if (option.is_required) text += fmt::format(" {}", needed(option));
  return text + fmt::format(" [{}\\|.\\|.\\|.]", italic("option"));
}

std::string synopsis(const CommandLineOutline& outline) {
  std::string text = ".SH SYNOPSIS\n.nf\n";
  for (const auto& verb : outline.verbs) text += bold("sorsweep") + " " + usage(verb) + "\n";
  return text + bold("sorsweep") + " " + bold("--help") + " | " + bold("--version") + "\n.fi\n";
}

}  // namespace

std::vector<std::string> option_words(const OptionOutline& option) {
  std::vector<std::string> words;
  const auto first = option.value.find('{'), last = option.value.rfind('}');
  if (first == std::string::npos || last == std::string::npos) return words;
  for (auto at = first + 1; at < last;) {
    const auto comma = std::min(option.value.find(',', at), last);
    words.push_back(option.value.substr(at, comma - at));
    at = comma + 1;
  }
  return words;
}

std::string man_page(const CommandLineOutline& outline, const std::string& version, const std::string& date) {
  auto page =
      fmt::format(".TH SORSWEEP 1 \"{}\" \"sorsweep {}\" \"User Commands\"\n.nh\n.ad l\n.SH NAME\n", date, version);
  page += "sorsweep \\- parameter sweeps for smart\\-order\\-router backtests\n";
  page += synopsis(outline) + kDescription + ".SH OPTIONS\nBefore or behind any verb:\n";
  for (const auto& option : outline.options) page += paragraph(option);
  page += ".SH VERBS\n";
  for (const auto& verb : outline.verbs) {
    page += fmt::format(".SS {}\n{}", usage(verb), wrap(roff(verb.help) + "."));
    for (const auto& option : verb.options)
      if (!is_help(option)) page += paragraph(option);
  }
  return page + kEnvironment + kExitStatus + kFiles + kExamples + kSeeAlso;
}

}  // namespace sorsweep
