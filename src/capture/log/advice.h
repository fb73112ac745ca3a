#pragma once

#include <optional>
#include <string_view>

namespace bootperf {

/// A remedy that is known for a failure, and who says so.
struct Advice {
  std::string_view text;
  std::string_view source; ///< a manual page with its section, or an address
};

/// For the reason of a failed launch; none where no remedy is known. What is known is of
/// appliances: none for another guest, whose backend is "guest".
std::optional<Advice> advice_for(std::string_view reason, std::string_view backend);

} // namespace bootperf
