#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bootperf {

// What happens to a log on its way into a bug report, undone as far as the text itself shows it.

/// The lines of a text as they stood on the terminal, without their ends: out of a JSON string or a
/// log of JSON objects, with \n spelled out, with CRLF, behind a byte order mark. Of a longer line
/// only the first 64 KiB are kept, and of more lines than `most` one more than that.
std::vector<std::string> pasted_lines(std::string_view text, std::size_t most);

/// The console's bytes of a line that libguestfs or a pager wrote: control bytes are spelled out
/// there ("\x1b", "^["), or ESC alone was lost on the way. Colours are left out.
std::string console_bytes(std::string_view line);

/// A message of libguestfs: it spells out newlines and tabs in its own messages, too.
std::string message_bytes(std::string_view line);

} // namespace bootperf
