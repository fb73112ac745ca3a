#include "capture/log/cause.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "capture/log/cause_rules.h"
#include "capture/log/console.h"
#include "capture/log/kernel_stamp.h"
#include "capture/log/launch_words.h"

namespace bootperf {

namespace {

// A message of libvirt may hold a whole command line of qemu.
constexpr std::size_t longest_message = 4000;
// libvirt's own words are broken into lines by tools that fold their errors.
constexpr std::size_t most_continuations = 6;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto line = take_line(text);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
  }
  return lines;
}

bool is_of_a_guest(std::string_view line) {
  const auto stamp = find_kernel_stamp(line);
  return (stamp && stamp->at == 0) || holds(line, "SeaBIOS (version") ||
         holds(line, "mini initrd starting up") || line.starts_with("EFI stub: ");
}

bool is_fallback(std::string_view line) {
  return holds(line, "falling back to tcg") || holds(line, "Back to tcg");
}

bool blames_kvm(std::string_view line) {
  constexpr std::array<std::string_view, 3> words = {"kvm", "KVM", "MSR"};
  // qemu-kvm is a name that some distributions give their qemu, whatever it complains about.
  const std::size_t program = line.find(": ");
  const std::string_view message =
      program == std::string_view::npos ? line : line.substr(program + 2);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return holds(message, word); });
}

// "qemu-system-x86_64: error: …". Its first words tell more than the assertion that fails by them;
// its warnings end nothing, and that it was told to end is no complaint.
bool is_qemu_complaint(std::string_view line) {
  const auto program = line.substr(0, line.find(": "));
  return program.size() < line.size() && holds(program, "qemu") && !holds(program, " ") &&
         !holds(program, "qemu-img") && !holds(line, ": warning: ") &&
         !holds(line, "terminating on signal") && !line.starts_with("libguestfs");
}

/// A look at all lines of a launch at once.
class Diagnosis {
public:
  Diagnosis(std::string_view text, bool up) : lines_(lines_of(text)), up_(up) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_of_a_guest(lines_[i]) || is_fallback(lines_[i])) {
        last_of_guest_ = i + 1;
      }
      if (holds(lines_[i], "supermin: picked ") || holds(lines_[i], "supermin: chroot")) {
        last_root_ = i + 1;
      }
    }
  }

  std::optional<Cause> find() const {
    std::optional<Cause> best;
    int rank = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto consider = [&](const CauseRule &rule) {
        if ((!best || rule.rank < rank) && weighs(rule.weight, i)) {
          best = Cause{rule.kind, message(i, rule), rule.rank <= 2};
          rank = rule.rank;
        }
      };
      for (const CauseRule &rule : cause_rules()) {
        if (holds_pattern(lines_[i], rule.pattern)) {
          consider(rule);
          break;
        }
      }
      if (is_qemu_complaint(lines_[i])) {
        consider({blames_kvm(lines_[i]) ? failure::kvm : failure::qemu_died, "", 1,
                  Weight::before_guest});
      }
    }
    return best;
  }

private:
  bool weighs(Weight weight, std::size_t line) const {
    switch (weight) {
    case Weight::always:
      return true;
    case Weight::not_up:
      return !up_;
    case Weight::before_guest:
      return !up_ && line >= last_of_guest_;
    case Weight::without_root:
      return !up_ && line >= last_root_;
    }
    return false;
  }

  std::string message(std::size_t i, const CauseRule &rule) const {
    std::string text(lines_[i].substr(0, longest_message));
    constexpr std::string_view original = "Original error from libvirt: ";
    if (const auto at = text.find(original); at != std::string::npos) {
      return libvirt_error(i, text.substr(at + original.size()));
    }
    if (rule.with_line_before && i > 0 && !lines_[i - 1].starts_with("command: run: ")) {
      text += ", after it said: " + std::string(lines_[i - 1].substr(0, longest_message));
    }
    constexpr std::string_view error = "error: ";
    if (text.starts_with(error)) {
      text.erase(0, error.size());
    }
    return text;
  }

  // It ends with "[code=38 int1=13]".
  std::string libvirt_error(std::size_t i, std::string text) const {
    const std::size_t last = std::min(lines_.size(), i + 1 + most_continuations);
    std::string whole = text;
    for (std::size_t next = i + 1; next < last && !holds(whole, "[code="); ++next) {
      if (lines_[next].empty() || is_of_a_guest(lines_[next])) {
        return text;
      }
      whole += ' ';
      whole += lines_[next].substr(lines_[next].find_first_not_of(' '), longest_message);
    }
    return holds(whole, "[code=") ? whole : text;
  }

  std::vector<std::string_view> lines_;
  bool up_ = false;
  std::size_t last_of_guest_ = 0; ///< the line after the last one that a guest printed
  std::size_t last_root_ = 0;     ///< likewise, that tells that there is a root device
};

// The messages that are looked at: the library's errors stand between the console's lines.
std::string messages_of(std::span<const Event> events) {
  std::string text;
  for (const Event &event : events) {
    if (event.source == Source::trace || event.source == Source::enter) {
      continue;
    }
    const bool error = event.source == Source::library && event.message.starts_with("error: ");
    append_event(text, event, error ? "libguestfs: " : "");
  }
  return text;
}

} // namespace

std::string Cause::reason() const {
  return std::string(kind) + printable(std::string_view(text).substr(0, longest_message));
}

std::optional<Cause> first_cause(std::span<const Event> events, std::string_view error) {
  std::string text = messages_of(events);
  if (!error.empty()) {
    text += "\nlibguestfs: error: ";
    text += error;
  }
  auto cause = Diagnosis(text, has_event(events, Source::launch_done)).find();
  constexpr std::string_view library = "libguestfs: error: ";
  if (cause && cause->text.starts_with(library)) {
    cause->text.erase(0, library.size());
  }
  return cause;
}

std::string kvm_refusal(std::span<const Event> events) {
  const std::string text = messages_of(events);
  for (const std::string_view line : lines_of(text)) {
    const bool refused = holds(line, "not a member of the KVM group") ||
                         holds(line, "This user cannot access /dev/kvm") ||
                         holds(line, "Could not access KVM kernel module: ") ||
                         holds(line, "failed to initialize kvm");
    if (refused) {
      return std::string(line.substr(0, longest_message));
    }
  }
  return "";
}

std::string qemu_complaint(std::string_view console) {
  for (const std::string_view line : lines_of(console)) {
    if (is_qemu_complaint(line)) {
      return line_with(line, line.substr(0, line.find(": ")));
    }
  }
  return "";
}

} // namespace bootperf
