#pragma once

#include <nlohmann/json_fwd.hpp>

#include "verdict/explain/report.h"

namespace bootperf {

/// The check of one scenario for the page: {"metric", "verdict", "advisory", "reason",
/// "provenance", "test", "smallest_detectable", "findings": [{"verdict", "phase", "text"}],
/// "gates": [a gated phase, and behind it the places below it], "controls": [likewise, and
/// "words"], "class_differences", "version_differences"}. Numbers come twice: as text for people,
/// and plain where they are drawn.
nlohmann::ordered_json verdict_model(const ScenarioCheck &check);

} // namespace bootperf
