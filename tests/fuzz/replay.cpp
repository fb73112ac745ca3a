// Runs a target on files, without a fuzzer: fuzz_replay TARGET FILE-OR-DIRECTORY... An input that
// breaks a promise ends the program by a signal, after its name.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/files.h"
#include "fuzz/targets.h"

namespace bootperf::fuzz {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path &place) {
  if (!fs::is_directory(place))
    return {place};
  std::vector<fs::path> files;
  for (const fs::directory_entry &entry : fs::directory_iterator(place))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

int replay(const Target &target, const std::vector<std::string> &places) {
  std::size_t inputs = 0;
  for (const std::string &place : places)
    for (const fs::path &file : files_of(place)) {
      const Result<std::string> input = read_file(file);
      if (!input) {
        std::fprintf(stderr, "%s\n", to_text(input.error()).c_str());
        return 2;
      }
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);
      target.run(*input);
      ++inputs;
    }
  std::printf("%.*s: %zu inputs\n", static_cast<int>(target.name.size()), target.name.data(),
              inputs);
  return inputs == 0 ? 2 : 0; // nothing replayed is no pass
}

} // namespace
} // namespace bootperf::fuzz

int main(int argc, char **argv) {
  using namespace bootperf::fuzz;
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto target =
      words.empty() ? targets.end() : std::ranges::find(targets, words[0], &Target::name);
  if (target == targets.end() || words.size() < 2) {
    std::fprintf(stderr, "usage: fuzz_replay TARGET FILE-OR-DIRECTORY...\n");
    return 2;
  }
  return replay(*target, {words.begin() + 1, words.end()});
}
