#include <cmath>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "base/gzip.h"
#include "phases/phase_tree.h"
#include "report/profile/formats.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

/// The protocol buffers' wire format, as far as profile.proto needs it.
/// https://protobuf.dev/programming-guides/encoding/
class Message {
public:
  void number(std::uint32_t field, std::uint64_t value) {
    if (value != 0) {
      varint(field << 3U);
      varint(value);
    }
  }
  void bytes(std::uint32_t field, std::string_view value) {
    varint((field << 3U) | 2U);
    varint(value.size());
    bytes_ += value;
  }
  void packed(std::uint32_t field, const std::vector<std::uint64_t> &values) {
    Message inner;
    for (const std::uint64_t value : values)
      inner.varint(value);
    bytes(field, inner.bytes_);
  }
  void message(std::uint32_t field, const Message &inner) { bytes(field, inner.bytes_); }

  const std::string &text() const { return bytes_; }

private:
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U)
      bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
    bytes_ += static_cast<char>(value);
  }

  std::string bytes_;
};

/// Field numbers of profile.proto, in the messages' order there.
enum ProfileField : std::uint32_t {
  profile_sample_type = 1,
  profile_sample = 2,
  profile_mapping = 3,
  profile_location = 4,
  profile_function = 5,
  profile_string_table = 6,
  profile_default_sample_type = 14,
};

class Pprof {
public:
  explicit Pprof(const Profile &profile) : profile_(profile) { string_of(""); }

  std::string text() {
    add_sample_type("instructions");
    add_sample_type("spinning");
    for (const MeanRow &row : mean_rows(profile_))
      add_sample(row);
    message_.number(profile_default_sample_type, string_of("instructions"));
    for (const std::string &string : strings_)
      message_.bytes(profile_string_table, string);
    return message_.text();
  }

private:
  void add_sample_type(const std::string &type) {
    Message inner;
    inner.number(1, string_of(type));
    inner.number(2, string_of("count"));
    message_.message(profile_sample_type, inner);
  }

  /// The innermost location comes first.
  void add_sample(const MeanRow &row) {
    std::vector<std::uint64_t> locations = {location_of(profile_.functions[row.function].object,
                                                        profile_.functions[row.function].name)};
    for (std::string id = profile_.phases[row.phase]; !id.empty(); id = parent_of(id))
      locations.push_back(location_of("phases", id_parts(id).back(), id));
    Message sample;
    sample.packed(1, locations);
    sample.packed(2, {static_cast<std::uint64_t>(std::llround(row.instructions)),
                      static_cast<std::uint64_t>(std::llround(row.spinning))});
    message_.message(profile_sample, sample);
  }

  std::uint64_t location_of(const std::string &object, const std::string &name,
                            const std::string &system_name = "") {
    const auto key = std::pair(object, system_name.empty() ? name : system_name);
    const auto [entry, added] = locations_.emplace(key, locations_.size() + 1);
    if (added) {
      // One function a location, under the same number; neither has an address.
      Message function;
      function.number(1, entry->second);
      function.number(2, string_of(name));
      function.number(3, string_of(key.second));
      function.number(4, string_of(object));
      message_.message(profile_function, function);
      Message line;
      line.number(1, entry->second);
      Message location;
      location.number(1, entry->second);
      location.number(2, mapping_of(object));
      location.message(4, line);
      message_.message(profile_location, location);
    }
    return entry->second;
  }

  std::uint64_t mapping_of(const std::string &object) {
    const auto [entry, added] = mappings_.emplace(object, mappings_.size() + 1);
    if (added) {
      Message mapping;
      mapping.number(1, entry->second);
      mapping.number(5, string_of(object));
      mapping.number(7, 1); // has functions: nobody has to look for symbols
      message_.message(profile_mapping, mapping);
    }
    return entry->second;
  }

  std::uint64_t string_of(const std::string &text) {
    const auto [entry, added] = string_index_.emplace(text, strings_.size());
    if (added)
      strings_.push_back(text);
    return entry->second;
  }

  const Profile &profile_;
  Message message_;
  std::vector<std::string> strings_;
  std::map<std::string, std::uint64_t> string_index_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> locations_;
  std::map<std::string, std::uint64_t> mappings_;
};

} // namespace

Result<std::string> profile_pprof(const Profile &profile) {
  return gzip(Pprof(profile).text());
}

} // namespace bootperf
