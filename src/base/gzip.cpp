#include "base/gzip.h"

#include <algorithm>
#include <limits>
#include <memory>

#include <fmt/format.h>
#include <zlib.h>

#include "base/files.h"

namespace bootperf {
namespace {

// How much is unpacked at once.
constexpr std::size_t least_step = std::size_t{4} << 10;
constexpr std::size_t most_step = std::size_t{256} << 10;
constexpr int gzip_only = 16 + MAX_WBITS;

using Stream = std::unique_ptr<z_stream, decltype(&inflateEnd)>;

std::string damaged(const z_stream &stream) {
  return std::string("not a complete gzip file") +
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
    return fail(ErrorKind::input, "a gzip file of more than 4 GiB", {name});
  state.avail_in = static_cast<uInt>(bytes.size());
  if (inflateInit2(&state, gzip_only) != Z_OK)
    return fail(ErrorKind::io, "not enough memory for zlib", {name});
  const Stream stream(&state, inflateEnd);
  const std::size_t step = std::clamp(8 * bytes.size(), least_step, most_step);
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
                  fmt::format("holds more than {} bytes, the most that is read", most_bytes),
                  {name});
    // Files packed one by one and put together are one file.
    if (status == Z_STREAM_END && state.avail_in > 0)
      status = inflateReset(&state);
  }
  if (status != Z_STREAM_END)
    return fail(ErrorKind::input, damaged(state), {name});
  return text;
}

Result<std::string> gzip(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<uInt>::max())
    return fail(ErrorKind::io, "more than 4 GiB cannot be compressed");
  z_stream state = {};
  constexpr int default_memory = 8;
  if (deflateInit2(&state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_only, default_memory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return fail(ErrorKind::io, "not enough memory for zlib");
  const Stream stream(&state, deflateEnd);
  std::string packed(deflateBound(&state, static_cast<uLong>(bytes.size())), '\0');
  state.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  state.avail_in = static_cast<uInt>(bytes.size());
  state.next_out = reinterpret_cast<Bytef *>(packed.data());
  state.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&state, Z_FINISH) != Z_STREAM_END)
    return fail(ErrorKind::io, "zlib cannot compress it");
  packed.resize(packed.size() - state.avail_out);
  return packed;
}

Result<std::string> unpacked(Result<std::string> content, std::size_t max_bytes,
                             const std::string &name) {
  if (!content || !is_gzip(*content))
    return content;
  return gunzip(*content, max_bytes, name);
}

Result<std::string> read_packed_file(const std::filesystem::path &path, std::size_t max_bytes) {
  return unpacked(read_file(path, max_bytes), max_bytes, path.string());
}

Result<void> write_packed_file(const std::filesystem::path &path, std::string_view content) {
  if (path.extension() != ".gz")
    return replace_file(path, content);
  return gzip(content).and_then(
      [&](const std::string &packed) { return replace_file(path, packed); });
}

} // namespace bootperf
