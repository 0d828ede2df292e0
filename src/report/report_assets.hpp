// cmake/report_assets.cmake embeds the files of src/report/html and the chart library as these texts.
#pragma once

#include <string_view>

namespace sorsweep::report_assets {

extern const std::string_view kPage;    ///< HTML with @NAME@ where the others go.
extern const std::string_view kStyle;   ///< CSS.
extern const std::string_view kScript;  ///< The page's scripts, joined.
extern const std::string_view kSpecs;   ///< Vega specifications by name, as JSON.
extern const std::string_view kVega;    ///< The chart library; empty where the build had none.

}  // namespace sorsweep::report_assets
