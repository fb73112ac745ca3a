#include "report/text/table.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

using Widths = std::vector<std::size_t>;

constexpr TextStyle wide_enough{false, true, 0};

TEST(FitColumns, gives_each_what_it_wants_where_there_is_room) {
  EXPECT_EQ(fit_columns({{10, 0, 0}, {20, 1, 0}, {30, 0, 12}}, 0), (Widths{10, 20, 30}));
  EXPECT_EQ(fit_columns({{10, 0, 0}, {20, 1, 0}, {30, 0, 12}}, 60), (Widths{10, 20, 30}));
}

TEST(FitColumns, shortens_a_name_before_a_column_leaves) {
  EXPECT_EQ(fit_columns({{10, 0, 0}, {20, 1, 0}, {30, 0, 12}}, 45), (Widths{10, 20, 15}));
}

TEST(FitColumns, lets_those_leave_that_matter_least) {
  EXPECT_EQ(fit_columns({{10, 0, 0}, {20, 1, 0}, {30, 0, 12}, {5, 2, 0}}, 45),
            (Widths{10, 20, 15, 0}));
  EXPECT_EQ(fit_columns({{10, 0, 0}, {20, 1, 0}, {30, 0, 12}, {5, 2, 0}}, 40),
            (Widths{10, 0, 30, 0}));
}

TEST(FitColumns, never_takes_what_stays) {
  EXPECT_EQ(fit_columns({{10, 0, 0}, {20, 1, 0}, {30, 0, 12}}, 5), (Widths{10, 0, 12}));
}

TEST(Table, is_as_wide_as_its_cells_in_a_file) {
  Table table;
  table.fit = {{}, {.least = 8}, {.leaves = 1}};
  table.add({"regressed", "/init:windows-dynamic-disks-probe", "0.0043"});
  EXPECT_EQ(table_text(table, wide_enough),
            "  regressed  /init:windows-dynamic-disks-probe  0.0043\n");
}

TEST(Table, keeps_both_ends_of_a_name_on_a_narrow_terminal) {
  Table table;
  table.fit = {{}, {.least = 8}, {.leaves = 1}};
  table.add({"regressed", "/init:windows-dynamic-disks-probe", "0.0043"});
  EXPECT_EQ(table_text(table, {false, true, 24}), "  regressed  /init…probe\n");
  EXPECT_EQ(table_text(table, {false, false, 24}), "  regressed  /ini...robe\n");
}

TEST(ElideMiddle, cuts_no_character_apart) {
  EXPECT_EQ(elide_middle("ααααα", 4, wide_enough), "α…αα");
  EXPECT_EQ(elide_middle("ααααα", 5, wide_enough), "ααααα");
  EXPECT_EQ(elide_middle("abc", 1, wide_enough), "…");
}

} // namespace
} // namespace bootperf
