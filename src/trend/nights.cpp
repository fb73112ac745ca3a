#include "trend/nights.h"

#include <algorithm>
#include <cmath>

namespace bootperf {
namespace {

constexpr std::size_t date_length = 10; // "2024-05-01"

std::string_view date_of(const TrendSession &session) {
  return std::string_view(session.created).substr(0, date_length);
}

/// The sessions in which any phase of the class was measured, by day.
std::vector<Night> class_nights(const ClassHistory &history, const Days &days) {
  std::vector<std::uint32_t> sessions;
  for (const PhaseSeries &series : history.series) {
    const std::size_t known = sessions.size();
    for (const TrendPoint &point : series.points)
      sessions.push_back(point.session);
    // Nearly always all phases have the same sessions, so that nothing is left of the new ones.
    std::ranges::inplace_merge(sessions, sessions.begin() + static_cast<std::ptrdiff_t>(known));
    const auto doubled = std::ranges::unique(sessions);
    sessions.erase(doubled.begin(), doubled.end());
  }
  std::vector<Night> nights;
  for (const std::uint32_t session : sessions) {
    if (nights.empty() || nights.back().day != days.of(session))
      nights.push_back({days.of(session), {}});
    nights.back().sessions.push_back(session);
  }
  return nights;
}

std::vector<NightValue> night_values(const PhaseSeries &series, const ClassNights &nights,
                                     const Days &days) {
  std::vector<NightValue> values;
  std::uint32_t night = 0;
  for (std::size_t begin = 0, end = 0; begin < series.points.size(); begin = end) {
    const std::uint32_t day = days.of(series.points[begin].session);
    while (end < series.points.size() && days.of(series.points[end].session) == day)
      ++end;
    while (nights.nights[night].day != day)
      ++night;
    values.push_back(pooled(std::span(series.points).subspan(begin, end - begin)));
    values.back().night = night;
  }
  return values;
}

} // namespace

Days::Days(const History &history) {
  const TrendSession *before = nullptr;
  of_session_.reserve(history.sessions.size());
  for (const TrendSession &session : history.sessions) {
    if (before == nullptr || date_of(*before) != date_of(session))
      ++count_;
    of_session_.push_back(count_ - 1);
    before = &session;
  }
}

std::uint32_t ClassNights::night_of(std::uint32_t day) const {
  const auto after = std::ranges::upper_bound(nights, day, {}, &Night::day);
  return after == nights.begin() ? 0 : static_cast<std::uint32_t>(after - nights.begin() - 1);
}

ClassNights nights_of(const ClassHistory &history, const Days &days) {
  ClassNights result;
  result.nights = class_nights(history, days);
  result.series.reserve(history.series.size());
  for (const PhaseSeries &series : history.series)
    result.series.push_back(night_values(series, result, days));
  return result;
}

NightValue pooled(std::span<const TrendPoint> points) {
  NightValue value;
  for (const TrendPoint &point : points)
    value.launches += point.launches;
  const double all = value.launches;
  for (const TrendPoint &point : points)
    value.mean += point.mean * (point.launches / all);
  double squares = 0;
  for (const TrendPoint &point : points)
    squares += (point.launches - 1.0) * point.spread * point.spread +
               point.launches * (point.mean - value.mean) * (point.mean - value.mean);
  value.spread = value.launches > 1 ? std::sqrt(squares / (all - 1)) : 0;
  return value;
}

std::string date_of(const History &history, const Night &night) {
  return std::string(date_of(history.sessions[night.sessions.front()]));
}

} // namespace bootperf
