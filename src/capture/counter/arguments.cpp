#include "capture/counter/arguments.h"

#include <algorithm>
#include <string_view>

#include <sys/utsname.h>

namespace bootperf {

namespace {

std::string escaped(const std::string &path) {
  std::string text;
  for (const char c : path) {
    text += c == ',' ? ",," : std::string(1, c);
  }
  return text;
}

// "rng-random,filename=/dev/urandom,id=rng0" becomes a source that qemu's -seed governs.
std::string without_host_randomness(const std::string &object) {
  constexpr std::string_view host_source = "rng-random,";
  if (!object.starts_with(host_source)) {
    return object;
  }
  const auto id = object.find("id=");
  if (id == std::string::npos) {
    return object;
  }
  return "rng-builtin," + object.substr(id, object.find(',', id) - id);
}

} // namespace

bool launches_appliance(const std::vector<std::string> &arguments) {
  return std::find(arguments.begin(), arguments.end(), "-kernel") != arguments.end();
}

std::string plugin_argument(const std::string &plugin, const PluginFiles &files) {
  std::string argument = escaped(plugin);
  const auto add = [&](const char *name, const std::string &file) {
    if (!file.empty()) {
      argument += std::string(",") + name + '=' + escaped(file);
    }
  };
  add("page", files.page);
  add("blocks", files.blocks);
  add("epochs", files.epochs);
  add("loops", files.loops);
  return argument;
}

std::vector<std::string> counted_arguments(const std::vector<std::string> &arguments,
                                           const std::vector<std::string> &settings,
                                           const std::string &plugin, const PluginFiles &files) {
  std::vector<std::string> counted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool has_value = i + 1 < arguments.size();
    if (arguments[i] == "-rtc" && has_value) {
      ++i;
    } else if (arguments[i] == "-object" && has_value) {
      counted.push_back(arguments[i]);
      counted.push_back(without_host_randomness(arguments[++i]));
    } else {
      counted.push_back(arguments[i]);
    }
  }
  counted.insert(counted.end(), settings.begin(), settings.end());
  counted.insert(counted.end(), {"-plugin", plugin_argument(plugin, files)});
  return counted;
}

std::string default_hypervisor() {
  utsname host = {};
  if (uname(&host) != 0) {
    return "qemu-system-x86_64";
  }
  std::string_view machine = host.machine;
  if (machine.starts_with("ppc64")) {
    machine = "ppc64";
  } else if (machine.starts_with("armv")) {
    machine = "arm";
  } else if (machine == "i686") {
    machine = "i386";
  }
  return "qemu-system-" + std::string(machine);
}

} // namespace bootperf
