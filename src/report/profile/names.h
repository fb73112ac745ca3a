#pragma once

#include <string>

namespace bootperf {

/// An object for people, safe to print: of a file its name without the directory.
std::string short_object(const std::string &object);

} // namespace bootperf
