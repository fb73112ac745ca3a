#include "report/page/document.h"

#include <fmt/format.h>

namespace bootperf {
namespace {

unsigned digit(char hexadecimal) {
  return static_cast<unsigned>(hexadecimal <= '9' ? hexadecimal - '0' : hexadecimal - 'a' + 10);
}

// A content security policy wants its hashes in base64 (RFC 4648, section 4).
std::string base64(std::string_view hexadecimal) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  // Six hexadecimal digits are three bytes are four letters.
  for (std::size_t i = 0; i < hexadecimal.size(); i += 6) {
    const std::string_view given = hexadecimal.substr(i, 6);
    unsigned bits = 0;
    for (std::size_t j = 0; j < 6; ++j)
      bits = bits << 4U | (j < given.size() ? digit(given[j]) : 0U);
    const std::size_t letters = given.size() * 4 / 6 + (given.size() < 6 ? 1 : 0);
    for (std::size_t j = 0; j < 4; ++j)
      text += j < letters ? alphabet[bits >> (18 - 6 * j) & 63U] : '=';
  }
  return text;
}

std::string sources(const std::vector<Embedded> &files) {
  std::string text;
  for (const Embedded &file : files)
    text += fmt::format(" 'sha256-{}'", base64(file.sha256));
  return text;
}

std::string elements(const char *name, const std::vector<Embedded> &files) {
  std::string text;
  for (const Embedded &file : files)
    text += fmt::format("<{}>{}</{}>\n", name, file.text, name);
  return text;
}

} // namespace

std::string html_text(std::string_view text) {
  std::string safe;
  for (const char byte : text)
    safe += byte == '<' ? "&lt;" : byte == '&' ? "&amp;" : std::string(1, byte);
  return safe;
}

std::string json_for_html(std::string_view json) {
  std::string safe;
  for (const char byte : json)
    safe += byte == '<' ? std::string("\\u003c") : std::string(1, byte);
  return safe;
}

std::string html_document(const PageParts &parts) {
  std::string text = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  text += fmt::format(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src{}; "
      "style-src{}; img-src data:; base-uri 'none'; form-action 'none'\">\n",
      sources(parts.scripts), sources(parts.styles));
  text += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<link rel=\"icon\" href=\"data:,\">\n";
  text += fmt::format("<title>{}</title>\n", html_text(parts.title));
  text += elements("style", parts.styles) + "</head>\n<body>\n";
  text += parts.body.text;
  text +=
      "<script type=\"application/json\" id=\"data\">" + json_for_html(parts.data) +
      "</script>\n<footer><details class=\"licence\"><summary>Licence of the library that draws "
      "the charts</summary><pre tabindex=\"0\">" +
      html_text(parts.licence) + "</pre></details></footer>\n";
  return text + elements("script", parts.scripts) + "</body>\n</html>\n";
}

} // namespace bootperf
