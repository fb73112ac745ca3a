#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "capture/counter/block_record.h"
#include "profile/code/code_file.h"
#include "profile/profile.h"

namespace bootperf {

/// Finds the program or library that a block of user space is from, by its content: the same bytes
/// at the same offset in a page. Nothing has to be asked of the guest for it.

/// Programs and libraries that the guest may have run.
struct ProgramFiles {
  std::vector<std::string> names; ///< as a profile shows them
  /// The code of one; none when it cannot be read or holds no code. Asked for one at a time, some
  /// of them twice.
  std::function<std::optional<CodeFile>(std::size_t)> read;
};

/// What was found of each of the blocks asked for; none where no file has such code.
///
/// A block of eight bytes and more is looked for in all files, by all its bytes. Where several have
/// it, the one counts that explains most other blocks at the address at which it would have to be
/// loaded, and so it is for shorter blocks, which are looked for only in files that are loaded
/// there by what longer blocks say. Two programs that hold the same code at the same address cannot
/// be told apart: the one counts that explains more.
std::vector<std::optional<ProfileFunction>>
find_in_programs(const std::vector<CodeBlock> &blocks, const std::vector<std::uint32_t> &wanted,
                 const ProgramFiles &files);

} // namespace bootperf
