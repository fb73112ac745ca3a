#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace bootperf {

/// The header keys that the host alone determines: os ("debian-12"), arch ("x86_64"), cpu_model,
/// host (its name). What cannot be found out is left out.
std::map<std::string, std::string> host_environment();

/// "debian-12" from the text of /etc/os-release, or "".
std::string os_name(std::string_view os_release);

/// The first CPU's model from the text of /proc/cpuinfo, or "".
std::string cpu_model(std::string_view cpuinfo);

/// The bytes that programs can still take without swapping, out of the text of /proc/meminfo; 0
/// when it does not say.
std::uint64_t available_memory(std::string_view meminfo);
/// Of this machine, now.
std::uint64_t available_memory();

} // namespace bootperf
