/// \file
/// Verbs of the command line, and how a program brings one of its own.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sorsweep {

/// Messages to a person go to standard error, and to a file as well if --log-file names one.
class Log {
 public:
  /// \param verbosity -1: errors only, 0: also what happened, 1: also details
  /// \throws Error (resources) if the file cannot be written
  Log(int verbosity, const std::filesystem::path& file);

  void error(std::string_view text) { say(-1, text); }
  void info(std::string_view text) { say(0, text); }
  void detail(std::string_view text) { say(1, text); }
  int verbosity() const { return verbosity_; }

 private:
  void say(int level, std::string_view message);
  int verbosity_;
  std::ofstream file_;
};

/// A verb's result goes to standard output, where scripts read it.
/// \throws Error (resources) if it cannot be written: a full disk must not look like success
void print_result(std::string_view text);

/// An option, a flag or a positional argument, as --help shows it.
struct VerbOption {
  std::string names;                      ///< "-o,--out"; a positional argument is a word without dashes.
  std::string description;                ///< "Folder for the files".
  std::string value = {};                 ///< The placeholder of its value: "DIR". Flags and positional ones have none.
  bool required = false;                  ///< Whether the verb refuses to run without it.
  std::string default_text = {};          ///< The default to be shown; empty: the number or text in the target.
  std::vector<std::string> choices = {};  ///< The only texts that are accepted; empty: any.
  std::optional<std::int64_t> least = {};  ///< The smallest number that is accepted.
  std::optional<std::int64_t> most = {};   ///< The largest number that is accepted; a range needs both.
};

/// What an option can be read into. A bool makes it a flag, and a vector takes it repeatedly.
template <class T>
concept OptionTarget =
    std::same_as<T, bool> || std::same_as<T, int> || std::same_as<T, std::uint64_t> || std::same_as<T, double> ||
    std::same_as<T, std::optional<int>> || std::same_as<T, std::string> || std::same_as<T, std::filesystem::path> ||
    std::same_as<T, std::vector<std::string>> || std::same_as<T, std::vector<std::filesystem::path>>;

/// Takes the declarations of a verb's options. Each of them can also come from the environment, as SORSWEEP_<OPTION>.
class VerbOptions {
 public:
  struct Parser;
  explicit VerbOptions(Parser& parser) : parser_(parser) {}

  /// Reads an option into `target`, which must live until the verb has run.
  template <OptionTarget T>
  void add(const VerbOption& option, T& target);

  /// Hands an option's text to `take` if it is not empty, after all of the command line was understood.
  /// \param take may throw Error or std::invalid_argument: a wrong command line
  void read(const VerbOption& option, std::function<void(const std::string&)> take);

  /// Sets `target` if --json was said.
  void json(bool& target);

 private:
  Parser& parser_;
};

/// Does a verb's work and returns the exit code (docs/exit-codes.md).
using RunVerb = std::function<int(Log&)>;

struct Verb {
  std::string name;
  std::string description;            ///< One line for --help, without a full stop.
  std::vector<std::string> examples;  ///< Whole commands.
  /// Declares the options, and returns what runs the verb when they have been read.
  std::function<RunVerb(VerbOptions&)> open;
};

/// Makes a verb whose options are the members of a struct.
/// \param declare adds the options of a new `Command`
/// \param run     gets that `Command` when its members have been read, and returns the exit code
template <class Command, class ExitCode>
Verb make_verb(std::string name, std::string description, std::vector<std::string> examples,
               void (*declare)(VerbOptions&, Command&), ExitCode (*run)(const Command&, Log&)) {
  return {std::move(name), std::move(description), std::move(examples),
          [declare, run](VerbOptions& options) -> RunVerb {
            const auto command = std::make_shared<Command>();
            declare(options, *command);
            return [command, run](Log& log) { return static_cast<int>(run(*command, log)); };
          }};
}

/// Adds a verb to the program's own. It must be called before `run_program`, from one thread.
/// \throws Error (usage) for a name that is taken or is not spelt as a name
void register_verb(Verb verb);

}  // namespace sorsweep
