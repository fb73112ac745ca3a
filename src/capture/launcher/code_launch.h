#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "capture/launcher/launcher.h"
#include "capture/symbols/appliance_code.h"

namespace bootperf {

/// What decides, beside the appliance, where its code lies.
std::string code_arguments(const LaunchRequest &request);

/// What the appliance of a request said of its code before; none when it was never asked, or was
/// another one then.
std::optional<ApplianceCode> kept_code(const LaunchRequest &request);

/// Its delay loops, as the counter takes them (symbols/kernel_symbols.h); "" when it was never
/// asked. They hold for whatever boots that kernel with the same arguments.
std::string kept_delay_loops(const LaunchRequest &request);

/// Keeps what the appliance of a request answered in a launch, where `code` of that launch said. An
/// error when it did not answer, when the answer is of no use, or when nothing can be kept.
Result<ApplianceCode> keep_answer(const LaunchRequest &request, const std::filesystem::path &code);

/// What the appliance of a request says of its code: as it was kept, or else from a counted launch
/// of its own, which takes some seconds more than a launch does. `launches` is called before that
/// one, for people who wait. An error when the appliance cannot be launched or does not answer;
/// that the answer cannot be kept is none.
Result<ApplianceCode> code_of_appliance(Launcher &launcher, const LaunchRequest &request,
                                        const std::function<void()> &launches);

} // namespace bootperf
