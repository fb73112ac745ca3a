#pragma once

#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/check.h"
#include "verdict/descent.h"
#include "verdict/policy.h"

namespace bootperf {

/// What every comparison of a scenario begins with: the subjects' names, the
/// budget, the launches that failed, and the reason when they bar it.
ScenarioCheck begin_comparison(const Session &session, const std::string &scenario, Metric metric,
                               const Policy &policy);

/// What every comparison ends with, once its phases have verdicts: the places
/// below those that moved, the negative controls, and the verdict of the
/// scenario. A control that moved in either direction by its tolerance or more,
/// or that was not measured, makes it "not measured", and so does a reason that
/// bars it.
void end_comparison(ScenarioCheck &check, const Session &session, const Policy &policy,
                    const LevelTest &test);

} // namespace bootperf
