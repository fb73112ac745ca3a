#include "capture/log/prefix_clock.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "capture/log/console.h"
namespace bootperf {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t day = 86'400 * second;
// Nanoseconds since 1970 fit into 64 bits until 2262.
constexpr std::int64_t last_year = 2200;
// A log that goes over more midnights is none of a launch.
constexpr std::int64_t most_midnights = 1000 * day;

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
  }
  return end - at;
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// ".456" or ",456" at this place, as nanoseconds and the worth of its last digit.
struct Fraction {
  std::int64_t ns = 0, step_ns = second;
};

Fraction fraction_at(std::string_view text, std::size_t at) {
  if (at >= text.size() || (text[at] != '.' && text[at] != ',')) {
    return {};
  }
  const std::size_t digits = std::min<std::size_t>(digits_at(text, at + 1), 9);
  Fraction result;
  for (std::size_t i = 0; i < digits; ++i) {
    result.step_ns /= 10;
    result.ns += (text[at + 1 + i] - '0') * result.step_ns;
  }
  return result;
}

// Days since 1970 of a date of our calendar.
// https://howardhinnant.github.io/date_algorithms.html#days_from_civil
std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day_of_month) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year =
      (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

// "2026-11-28" or "2026/11/28"
std::optional<std::int64_t> numeric_date(std::string_view text) {
  for (std::size_t i = 0; i + 10 <= text.size(); ++i) {
    const char separator = text[i + 4];
    const bool date = (i == 0 || !is_digit(text[i - 1])) && digits_at(text, i) == 4 &&
                      (separator == '-' || separator == '/') && digits_at(text, i + 5) == 2 &&
                      text[i + 7] == separator && digits_at(text, i + 8) >= 2;
    if (date && number(text.substr(i, 4)) >= 1970 && number(text.substr(i, 4)) <= last_year) {
      return days_of(number(text.substr(i, 4)), number(text.substr(i + 5, 2)),
                     number(text.substr(i + 8, 2)));
    }
  }
  return std::nullopt;
}

// "Nov 28" of a syslog, which leaves out the year; "28 Nov" and "28/Nov".
std::optional<std::int64_t> named_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::int64_t some_year = 1972; // a leap year
  for (std::size_t month = 0; month < months.size(); ++month) {
    const std::size_t at = text.find(months[month]);
    if (at == std::string_view::npos) {
      continue;
    }
    const std::size_t after = text.find_first_not_of(' ', at + 3);
    std::string_view digits;
    if (after != std::string_view::npos && digits_at(text, after) > 0 &&
        digits_at(text, after) <= 2) {
      digits = text.substr(after, digits_at(text, after));
    } else if (at >= 3 && is_digit(text[at - 2])) {
      const std::size_t from = is_digit(text[at - 3]) ? at - 3 : at - 2;
      digits = text.substr(from, at - 1 - from);
    }
    if (!digits.empty()) {
      return days_of(some_year, static_cast<std::int64_t>(month) + 1, number(digits));
    }
  }
  return std::nullopt;
}

std::optional<WrittenTime> time_of_day(std::string_view text) {
  for (std::size_t i = 0; i + 7 <= text.size(); ++i) {
    const std::size_t hours = digits_at(text, i);
    if (hours == 0) {
      continue;
    }
    const std::size_t minutes = i + hours + 1;
    const bool time = hours <= 2 && minutes + 4 < text.size() && text[minutes - 1] == ':' &&
                      digits_at(text, minutes) == 2 && text[minutes + 2] == ':' &&
                      digits_at(text, minutes + 3) >= 2;
    if (!time) {
      i += hours - 1;
      continue;
    }
    const Fraction fraction = fraction_at(text, minutes + 5);
    const std::int64_t seconds = number(text.substr(i, hours)) * 3600 +
                                 number(text.substr(minutes, 2)) * 60 +
                                 number(text.substr(minutes + 3, 2));
    return WrittenTime{seconds * second + fraction.ns, fraction.step_ns, true};
  }
  return std::nullopt;
}

// Seconds with a fraction; or a number that can only be a time since 1970.
std::optional<WrittenTime> counted_time(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t digits = digits_at(text, i);
    if (digits == 0) {
      continue;
    }
    const std::string_view whole = text.substr(i, digits);
    const std::size_t after = i + digits;
    const bool fraction =
        after + 1 < text.size() && text[after] == '.' && is_digit(text[after + 1]);
    if (fraction && (digits < 10 || (digits == 10 && whole.front() == '1'))) {
      const Fraction part = fraction_at(text, after);
      // "192.168.0.1" and "1.48.6" are no seconds.
      const std::size_t behind = after + 1 + digits_at(text, after + 1);
      if (behind >= text.size() || text[behind] != '.') {
        return WrittenTime{number(whole) * second + part.ns, part.step_ns, false};
      }
      i = behind + digits_at(text, behind + 1);
      continue;
    }
    for (const auto &[length, step] : {std::pair<std::size_t, std::int64_t>{10, second},
                                       {13, second / 1000},
                                       {16, second / 1'000'000}}) {
      if (digits == length && whole.front() == '1') {
        return WrittenTime{number(whole) * step, step, false};
      }
    }
    i = after - 1;
  }
  return std::nullopt;
}

} // namespace

std::optional<WrittenTime> written_time(std::string_view prefix) {
  auto time = time_of_day(prefix);
  if (!time) {
    return counted_time(prefix);
  }
  auto date = numeric_date(prefix);
  if (!date) {
    date = named_date(prefix);
  }
  if (date) {
    time->ns += *date * day;
    time->of_day_only = false;
  }
  return time;
}

std::optional<PrefixClock> prefix_clock(std::span<const std::string_view> prefixes) {
  PrefixClock clock;
  clock.step_ns = std::numeric_limits<std::int64_t>::max();
  std::size_t timed = 0;
  std::size_t back = 0;
  std::int64_t midnights = 0;
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  for (const std::string_view prefix : prefixes) {
    const auto time = written_time(prefix);
    if (!time) {
      clock.ns.emplace_back();
      continue;
    }
    ++timed;
    clock.step_ns = std::min(clock.step_ns, time->step_ns);
    std::int64_t now = time->ns + midnights;
    if (last && time->of_day_only && now < *last - day / 2 && midnights < most_midnights) {
      midnights += day;
      now += day;
    }
    if (last && now < *last) {
      ++back;
      now = *last;
    }
    first = first.value_or(now);
    last = now;
    clock.ns.emplace_back(now);
  }
  const bool on_most_lines = timed > 0 && 2 * timed >= prefixes.size();
  const bool runs = on_most_lines && 20 * back <= timed && (timed == 1 || *last > *first);
  return runs ? std::optional(std::move(clock)) : std::nullopt;
}

} // namespace bootperf
