// What cmake/report_assets.cmake embeds: the files of src/report/html, and the chart library.
#pragma once

#include <string_view>

namespace sorsweep::report_assets {

extern const std::string_view kPage;    ///< HTML with @NAME@ where the others go
extern const std::string_view kStyle;   ///< CSS
extern const std::string_view kScript;  ///< our own scripts, joined
extern const std::string_view kSpecs;   ///< JSON: Vega specifications by name
extern const std::string_view kVega;    ///< the library; empty where the build had none

}  // namespace sorsweep::report_assets
