#include "cli/comparison_display.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/check/formats.h"
#include "report/launch/progress.h"
#include "report/text/paint.h"

namespace bootperf {
namespace {

std::string with_time(const std::string &text, const CampaignStanding &standing) {
  const auto left =
      time_left(standing.so_far, standing.made, std::max(0, standing.planned - standing.made));
  return left ? fmt::format("{}, at most {} left", text, clock_text(*left)) : text;
}

} // namespace

ComparisonDisplay::ComparisonDisplay(std::ostream &out, bool terminal, TextStyle style)
    : out_(out), terminal_(terminal), style_(style) {}

void ComparisonDisplay::draw() {
  clear();
  out_ << elide(line_, style_.width, style_) << '\n';
  for (const std::string &phase : phases_)
    out_ << phase << '\n';
  out_ << std::flush;
  drawn_ = 1 + phases_.size();
}

void ComparisonDisplay::launching(const std::string &what, const CampaignStanding &standing) {
  line_ = with_time(what, standing);
  if (terminal_)
    draw();
}

void ComparisonDisplay::launched(const std::string &what, const Launch &launch,
                                 const CampaignStanding &standing) {
  if (!terminal_)
    out_ << with_time(what + ": " + outcome_text(launch), standing) << '\n' << std::flush;
}

void ComparisonDisplay::warned(const std::string &warning) {
  say("WARNING: " + printable(warning));
}

void ComparisonDisplay::standing(const CheckReport &report) {
  phases_ = undecided_lines(report, style_);
  if (terminal_) {
    draw();
    return;
  }
  const std::size_t looks = report.checks.empty() || !report.checks.front().comparison
                                ? 0
                                : report.checks.front().comparison->looks.size();
  if (looks > looks_)
    out_ << standing_text(report, style_) << '\n' << std::flush;
  looks_ = looks;
}

void ComparisonDisplay::say(const std::string &text) {
  clear();
  out_ << text << '\n' << std::flush;
}

void ComparisonDisplay::clear() {
  // Up over what was drawn and wipe everything below.
  if (terminal_ && drawn_ > 0)
    out_ << fmt::format("\x1b[{}A\r\x1b[J", drawn_) << std::flush;
  drawn_ = 0;
}

} // namespace bootperf
