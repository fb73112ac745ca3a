#include "verdict/compare/likeness.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "verdict/baseline/machine_class.h"

namespace bootperf {
namespace {

struct Naming {
  std::string_view variable, key;
};

/// What a variable names by being set. A library or a program from elsewhere brings its own
/// defaults, so it may change whatever is no property of the host.
constexpr std::array namings = {
    Naming{"LIBGUESTFS_HV", "qemu"},         Naming{"LIBGUESTFS_HV", "machine"},
    Naming{"LIBGUESTFS_HV", "guest_cpu"},    Naming{"LIBGUESTFS_QEMU", "qemu"}, // its name of old
    Naming{"LIBGUESTFS_QEMU", "machine"},    Naming{"LIBGUESTFS_QEMU", "guest_cpu"},
    Naming{"LIBGUESTFS_PATH", "kernel"},     Naming{"LIBGUESTFS_CACHEDIR", "kernel"},
    Naming{"SUPERMIN_KERNEL", "kernel"},     Naming{"SUPERMIN_KERNEL_VERSION", "kernel"},
    Naming{"SUPERMIN_MODULES", "kernel"},    Naming{"LIBGUESTFS_BACKEND", "backend"},
    Naming{"LIBGUESTFS_BACKEND", "machine"}, Naming{"LIBGUESTFS_BACKEND", "guest_cpu"},
    Naming{"LIBGUESTFS_MEMSIZE", "memsize"}, Naming{"LIBGUESTFS_APPEND", "append"},
};

constexpr std::array whole_libraries = {std::string_view("LD_LIBRARY_PATH"),
                                        std::string_view("LD_PRELOAD"), std::string_view("PATH")};
constexpr std::array of_the_host = {std::string_view("arch"),      std::string_view("accel"),
                                    std::string_view("cpu_model"), std::string_view("os"),
                                    std::string_view("counting"),  std::string_view("mode"),
                                    std::string_view("scenario")};

std::vector<std::string> variables_that_differ(const Comparison &comparison) {
  const auto &base = comparison.base.environment, &head = comparison.head.environment;
  std::vector<std::string> names;
  const auto add = [&](const auto &side, const auto &other) {
    for (const auto &[name, value] : side)
      if (const auto found = other.find(name); found == other.end() || found->second != value)
        names.push_back(name);
  };
  add(base, head);
  add(head, base);
  return names;
}

/// The class keys that base or head has of its own, by --head-network and the like.
bool is_of_subject(const Comparison &comparison, const std::string &key) {
  return text_under(comparison.base.appliance, key) != text_under(comparison.head.appliance, key);
}

std::string shown(const std::string &value) {
  return value.empty() ? "not known" : value;
}

} // namespace

bool may_change(std::string_view variable, std::string_view key) {
  if (std::ranges::find(whole_libraries, variable) != whole_libraries.end())
    return std::ranges::find(of_the_host, key) == of_the_host.end();
  return std::ranges::any_of(namings, [&](const Naming &naming) {
    return naming.variable == variable && naming.key == key;
  });
}

std::string unlike_reason(const Session &session, const std::string &scenario, Metric metric,
                          const Policy &policy) {
  const Scenario *const base = session.scenario(scenario, "base");
  const Scenario *const head = session.scenario(scenario, "head");
  if (!base || !head)
    return "";
  const std::vector<std::string> named =
      session.comparison ? variables_that_differ(*session.comparison) : std::vector<std::string>();
  std::string text;
  for (const ClassDifference &each :
       differences(machine_class(*base, metric, policy), machine_class(*head, metric, policy)))
    if (!(session.comparison && is_of_subject(*session.comparison, each.key)) &&
        std::ranges::none_of(
            named, [&](const std::string &variable) { return may_change(variable, each.key); }))
      text += fmt::format("{}{} {} → {}", text.empty() ? "" : ", ", each.key, shown(each.baseline),
                          shown(each.current));
  return text.empty() ? ""
                      : "base and head differ in more than the subject (" + text +
                            "): launch both alike; what is compared on purpose is named by "
                            "--base-env, --head-env or --head-network and the like, or as "
                            "`subject` in the policy";
}

} // namespace bootperf
