#include "app/failure.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <new>

#include "app/terminal.hpp"
#include "app/verb_json.hpp"

namespace sorsweep {
namespace {

/// Returns what was thrown in the form that the user should see.
Error error_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return error;
  } catch (const std::filesystem::filesystem_error& error) {
    return {Exit::input, fmt::format("{} cannot be read", error.path1().string()), error.code().message()};
  } catch (const std::bad_alloc&) {
    return {Exit::resources, "out of memory", "", "take a smaller grid or input"};
  } catch (const std::exception& error) {
    return {Exit::internal, fmt::format("internal error: {}", error.what())};
  } catch (...) {
    return {Exit::internal, "internal error: an exception of an unknown kind"};
  }
}

void tell(const Error& error, bool json, Log* log) {
  const auto text = fmt::format("sorsweep: {}", error.what());
  if (log) {
    log->error(text);
  } else {
    clear_bar();
    write_to_stderr(text + "\n");
  }
  if (json) print_result(error_json(error));
}

}  // namespace

Exit tell_failure(const std::exception_ptr& failure, bool json, Log* log) noexcept {
  auto code = Exit::resources;  // It stays so if there is no memory even for the message.
  try {
    const auto error = error_of(failure);
    code = error.code();
    tell(error, json, log);
  } catch (...) {  // There is no way left to say it.
  }
  return code;
}

Exit tell_stopped(const std::string& text, bool json, Log& log) {
  log.info(fmt::format("{}: run the same command again", text));
  if (json) print_result(error_json({Exit::stopped, text, "", "run the same command again"}));
  return Exit::stopped;
}

}  // namespace sorsweep
