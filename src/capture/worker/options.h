#pragma once

#include <map>
#include <string>

#include <sys/types.h>

#include "base/error.h"
#include "capture/launcher/appliance_options.h"
#include "capture/log/mode.h"

namespace bootperf {

/// One launch as the command line of bootperf-launch asks for it.
struct WorkerOptions : ApplianceOptions {
  Mode mode = Mode::quiet;
  std::string log;
  std::string facts;        ///< "": nobody is told
  std::string counter_page; ///< mode counted: the page that the counter plugin writes
  std::string code;         ///< "": the appliance is not asked for its symbols and programs
  std::string modules;      ///< "": nor where its kernel's modules lie
  bool use = false;         ///< once it is up, make a file system on its first drive and list it
  std::map<std::string, std::string> header; ///< more keys for the log's header
  pid_t parent = 0;                          ///< end when this process ends; 0: live on
};

/// Parses the command line. --help and the like are printed and give an empty optional in code.
struct ParsedOptions {
  WorkerOptions options;
  bool done = false; ///< nothing to launch: help was asked for, or the line was wrong
  int status = 0;    ///< exit status when done
};

ParsedOptions parse_options(int argc, char **argv);

} // namespace bootperf
