#pragma once

#include <string>

#include "report/text_style.h"
#include "selftest/self_test.h"

namespace bootperf {

/// The self-test as tables: how often each rule fails a build in which nothing changed, how often
/// it finds one slowed phase and names it, and what the first rule sees phase by phase.
std::string self_test_text(const SelfTest &test, const TextStyle &style);

/// The same for programs. docs/selftest.md states the keys.
std::string self_test_json(const SelfTest &test);

} // namespace bootperf
