#include "base/gzip.h"

#include <algorithm>
#include <limits>
#include <memory>

#include <fmt/format.h>
#include <zlib.h>

namespace bootperf {
namespace {

constexpr std::size_t step = std::size_t{256} << 10;
constexpr int gzip_only = 16 + MAX_WBITS;

using Stream = std::unique_ptr<z_stream, decltype(&inflateEnd)>;

std::string damaged(const z_stream &stream) {
  return std::string("not a whole gzip file") +
         (stream.msg ? std::string(": ") + stream.msg : std::string());
}

} // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b");
}

Result<std::string> gunzip(std::string_view bytes, std::size_t most_bytes,
                           const std::string &name) {
  z_stream state = {};
  // zlib does not write to its input; its interface is older than const.
  state.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  if (bytes.size() > std::numeric_limits<uInt>::max())
    return fail(ErrorKind::input, "a gzip file beyond 4 GiB", {name});
  state.avail_in = static_cast<uInt>(bytes.size());
  if (inflateInit2(&state, gzip_only) != Z_OK)
    return fail(ErrorKind::io, "zlib does not start: not enough memory", {name});
  const Stream stream(&state, inflateEnd);
  std::string text;
  int status = Z_OK;
  while (status == Z_OK) {
    const std::size_t before = text.size();
    text.resize(before + step);
    state.next_out = reinterpret_cast<Bytef *>(text.data() + before);
    state.avail_out = static_cast<uInt>(step);
    status = inflate(&state, Z_NO_FLUSH);
    text.resize(text.size() - state.avail_out);
    if (text.size() > most_bytes)
      return fail(ErrorKind::input,
                  fmt::format("holds more than the {} bytes that are read", most_bytes), {name});
  }
  if (status != Z_STREAM_END)
    return fail(ErrorKind::input, damaged(state), {name});
  return text;
}

} // namespace bootperf
