// tested by: tests/package/man_test.py (SYNOPSIS)
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "app/help.hpp"
#include "core/text.hpp"

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
Every option that names a variable can be set by it; a flag is set by the word
.BR true .
The command line takes precedence over the environment, the environment over
the YAML file, and the YAML file over the defaults.
.TP
.B SLURM_CPUS_PER_TASK\fR, \fBSLURM_CPUS_ON_NODE\fR, \fBSLURM_MEM_PER_NODE\fR, \fBSLURM_MEM_PER_CPU
The allotment of a SLURM job:
.BR sweep ", " merge " and " report
keep to it unless
.BR \-\-threads " and " \-\-mem
say otherwise.
)";

constexpr const char* kExitStatus = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Internal error: a bug in the program.
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
Not enough memory or disk.
.TP
.B 6
The run is not complete.
.TP
.B 75
Stopped cleanly by SIGTERM, SIGINT or SIGUSR1: run the same command again.
.TP
.B 128+\fIn
Killed by signal
.IR n .
)";

constexpr const char* kFiles = R"(.SH FILES
.TP
.I STORE/SYMBOL/DATE.h5
A day of quotes. Beside the symbols,
.I rejects.csv
holds the rows that were rejected.
.TP
.I RUN/report.html\fR, \fIRUN/best.json\fR, \fIRUN/summary.md\fR, \fIRUN/results.h5
The results, for people and for programs.
.TP
.I RUN/units/*.h5\fR, \fIRUN/manifest.json\fR, \fIRUN/config.resolved.yaml
What the results are made from:
.B report
rewrites them from it.
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
A synthetic market, from nothing to a result:
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

/// Escapes a text for roff within a line; hyphens stay hyphens that can be copied.
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
    else {  // The first byte of a UTF-8 sequence tells its length.
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

bool is_argument(const OptionHelp& option) {
  return !option.names.front().starts_with('-');
}

/// Returns the value's placeholder, or the name of a positional argument.
std::string placeholder(const OptionHelp& option) {
  if (!is_argument(option)) return italic(option.value);
  return italic(option.names.front()) + (option.repeatable ? "\\|.\\|.\\|." : "");
}

/// Returns an option as it is typed: "-o, --out DIR".
std::string heading(const OptionHelp& option) {
  if (is_argument(option)) return placeholder(option);
  std::string text;
  for (const auto& name : option.names) text += (text.empty() ? "" : ", ") + bold(name);
  return option.value.empty() ? text : text + " " + placeholder(option);
}

/// Breaks a text into lines of 78 bytes at most, none of which roff takes for a request.
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

std::string paragraph(const OptionHelp& option) {
  auto text = roff(option.description) + ".";
  if (!option.choices.empty()) text += fmt::format(" One of: {}.", roff(join_words(option.choices)));
  if (option.required && !is_argument(option)) text += " Required.";
  if (!option.default_value.empty()) text += fmt::format(" Default: {}.", roff(option.default_value));
  if (!option.environment.empty()) text += fmt::format(" Environment: {}.", bold(option.environment));
  return fmt::format(".TP\n{}\n{}", heading(option), wrap(text));
}

/// Returns the synopsis of a verb: "synth -o DIR [option...]".
std::string usage(const CommandHelp& verb) {
  auto text = bold(verb.name);
  for (const auto& argument : verb.arguments) text += fmt::format(" {}", placeholder(argument));
  for (const auto& option : verb.options)
    if (option.required) text += fmt::format(" {} {}", bold(option.names.front()), placeholder(option));
  return text + fmt::format(" [{}\\|.\\|.\\|.]", italic("option"));
}

std::string synopsis(std::span<const CommandHelp> verbs) {
  std::string text = ".SH SYNOPSIS\n.nf\n";
  for (const auto& verb : verbs) text += bold("sorsweep") + " " + usage(verb) + "\n";
  return text + bold("sorsweep") + " " + bold("--help") + " | " + bold("--version") + "\n.fi\n";
}

std::string section(const CommandHelp& verb) {
  auto text = fmt::format(".SS {}\n{}", usage(verb), wrap(roff(verb.description) + "."));
  for (const auto& argument : verb.arguments) text += paragraph(argument);
  for (const auto& option : verb.options) text += paragraph(option);
  text += ".PP\n.nf\n.RS\n";
  for (const auto& example : verb.examples) text += roff(example) + "\n";
  return text + ".RE\n.fi\n";
}

}  // namespace

std::string man_page(const std::vector<CommandHelp>& commands, const std::string& version, const std::string& date) {
  const auto verbs = std::span(commands).subspan(1);
  auto page =
      fmt::format(".TH SORSWEEP 1 \"{}\" \"sorsweep {}\" \"User Commands\"\n.nh\n.ad l\n.SH NAME\n", date, version);
  page += "sorsweep \\- parameter sweeps for smart\\-order\\-router backtests\n";
  page += synopsis(verbs) + kDescription + ".SH OPTIONS\nThey may come before or after any verb:\n";
  for (const auto& option : commands.front().options) page += paragraph(option);
  page += ".SH VERBS\n";
  for (const auto& verb : verbs) page += section(verb);
  return page + kEnvironment + kExitStatus + kFiles + kExamples + kSeeAlso;
}

}  // namespace sorsweep
