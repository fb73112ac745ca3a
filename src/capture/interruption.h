#pragma once

namespace bootperf {

/// While one exists, the first SIGINT or SIGTERM is remembered instead of ending the program; a
/// second one ends it. A signal that the program ignores stays ignored.
class Interruption {
public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption &) = delete;
  Interruption &operator=(const Interruption &) = delete;

  bool raised() const;
  /// Becomes readable, and stays so, when it is raised: for poll().
  int descriptor() const;
};

} // namespace bootperf
