#include "capture/counter/argument_edits.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"
#include "report/whatif/formats.h"
#include "whatif/init_edits.h"
#include "whatif/lever.h"
#include "whatif/proof.h"

namespace bootperf::fuzz {
namespace {

/// What libguestfs starts qemu with, in short.
const std::vector<std::string> qemu_arguments = {"-machine", "accel=tcg",      "-no-hpet",
                                                 "-device",  "virtio-rng-pci", "-kernel",
                                                 "/k",       "-append",        ""};

constexpr std::string_view init_script = "#!/bin/bash\nudevadm trigger\nlvm vgchange -aay\n";

void require_edits_come_back(const std::vector<ArgumentEdit> &edits) {
  const std::string written = edits_text(edits);
  const auto again = parse_edits(written, "written");
  require(again && edits_text(*again) == written, "edits come back as they were written");
}

void require_good_lever(const Lever &lever) {
  require(!lever.proofs.empty(), "a lever is proved by something");
  require(lever.changes != LeverChanges{}, "a lever changes something");
  require_edits_come_back(lever.changes.qemu);
  if (const auto edited = edited_arguments(qemu_arguments, lever.changes.qemu); !edited)
    require_good(edited.error());
  if (const auto edited = edited_init(init_script, lever.changes.init); !edited)
    require_good(edited.error());
  const LaunchEvidence launch = {
      .console = {"\xff Linux"}, .library = {"\xff launch:"}, .qemu_arguments = "-m 1280 \xff"};
  require(!(contradicted_proof(lever, launch) && already_so(lever, launch)),
          "a boot that does not show a lever is not like that already");
}

} // namespace

void levers(std::string_view input) {
  const auto parsed = parse_levers(input, "input");
  if (!parsed)
    return require_good(parsed.error());
  for (const Lever &lever : *parsed)
    require_good_lever(lever);
  if (const auto all = together(*parsed, "together"); !all)
    require_good(all.error());
  require_safe_text(levers_text(*parsed, {false, true, 0}));
}

} // namespace bootperf::fuzz
