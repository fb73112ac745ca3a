#include "cli/baseline_show.h"

#include <filesystem>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/output.h"
#include "report/text/paint.h"
#include "report/text/words.h"
#include "statistics/summary.h"
#include "verdict/baseline/baseline.h"

namespace bootperf {
namespace {

std::string file_name(const Baseline &baseline) {
  return std::filesystem::path(baseline.file).filename().string();
}

std::string session_line(const BaselineSession &session) {
  std::string text = fmt::format("  session {}, {}, {} launches", printable(session.id),
                                 printable(session.date), session.launches.size());
  if (!session.commit.empty())
    text += ", commit " + printable(session.commit);
  return text + '\n';
}

std::string phases_text(const Baseline &baseline, const TextStyle &style) {
  std::map<std::string, std::vector<double>> values;
  for (const BaselineSession &session : baseline.sessions) {
    for (const auto &launch : session.launches) {
      for (const auto &[phase, value] : launch)
        values[phase].push_back(value);
    }
  }
  std::size_t width = 0;
  for (const auto &[phase, all] : values)
    width = std::max(width, columns(short_phase(phase, style)));
  std::string text;
  for (const auto &[phase, all] : values) {
    const Summary summary = summarise(all);
    text += fmt::format("  {} {}  n={}", pad_right(short_phase(phase, style), width),
                        pad_left(value_text(summary.mean, baseline.machine_class.metric), 11),
                        summary.n);
    if (summary.n > 1)
      text += fmt::format("  spread {}", percent_text(summary.standard_deviation / summary.mean));
    text += '\n';
  }
  return text;
}

std::string baseline_text(const Baseline &baseline, const TextStyle &style) {
  std::string text = printable(baseline.file) + '\n';
  text += fmt::format("  {} of {}, updated {}\n", to_text(baseline.machine_class.metric),
                      printable(baseline.scenario), printable(baseline.updated));
  for (const auto &[key, value] : baseline.machine_class.keys)
    text += fmt::format("  {}: {}\n", printable(key), printable(value));
  for (const BaselineSession &session : baseline.sessions)
    text += session_line(session);
  for (const Acceptance &accepted : baseline.accepted)
    text +=
        fmt::format("  accepted {}: {}\n", printable(accepted.date), printable(accepted.reason));
  return text + phases_text(baseline, style);
}

Error no_such(const BaselineShowOptions &options, const std::vector<Baseline> &baselines) {
  std::vector<std::string> names;
  names.reserve(baselines.size());
  for (const Baseline &baseline : baselines)
    names.push_back(file_name(baseline));
  const std::string near = nearest(options.name, names);
  return {ErrorKind::usage,
          fmt::format("no baseline in {} begins with {}{}", printable(options.directory),
                      printable(options.name),
                      near.empty() ? "; `bootperf baseline list` names them"
                                   : "; did you mean " + near + "?"),
          {}};
}

} // namespace

Result<ExitCode> baseline_show(const BaselineShowOptions &options) {
  const Result<std::vector<Baseline>> baselines = load_baselines(options.directory);
  if (!baselines)
    return tl::unexpected(baselines.error());
  std::string text;
  for (const Baseline &baseline : *baselines) {
    if (file_name(baseline).starts_with(options.name))
      text += (text.empty() ? "" : "\n") + baseline_text(baseline, output_style());
  }
  if (text.empty() && !options.name.empty())
    return tl::unexpected(no_such(options, *baselines));
  if (text.empty())
    return baseline_list(options);
  return write_output(text).map([] { return ExitCode::pass; });
}

Result<ExitCode> baseline_list(const BaselineShowOptions &options) {
  const Result<std::vector<Baseline>> baselines = load_baselines(options.directory);
  if (!baselines)
    return tl::unexpected(baselines.error());
  std::string text;
  for (const Baseline &baseline : *baselines)
    text += fmt::format(
        "{}  {}, {}, updated {}\n", printable(file_name(baseline)), printable(baseline.scenario),
        extent_text(baseline.launches(), baseline.sessions.size()), printable(baseline.updated));
  if (text.empty())
    text = fmt::format("no baseline in {}; `bootperf baseline update SESSION --thresholds {}` "
                       "makes one\n",
                       printable(options.directory), printable(options.directory));
  return write_output(text).map([] { return ExitCode::pass; });
}

} // namespace bootperf
