#include "feed/quote_csv_writer.hpp"

#include "catch_compat.hpp"

using namespace sorsweep;

TEST_CASE("quote CSV: Databento's mbp-1 layout", "[store][csv]") {
  QuoteColumns columns;
  columns.push_back({1'722'519'392'492'082'308, 1'722'519'392'491'911'683, 2, 'T', 'A', 0, 190, 222'810'000'000,
                     222'810'000'000, 222'830'000'000, 421, 36});
  columns.push_back({-1, -2, 3, 'C', 'A', 128, 36, 50'000, 222'810'000'000, kUndefinedPx, 200, 0});
  CHECK(format_quote_csv(columns, "AAPL") ==
        "ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,ts_in_delta,"
        "sequence,"
        "bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,bid_ct_00,ask_ct_00,symbol\n"
        "2024-08-01T13:36:32.492082308Z,2024-08-01T13:36:32.491911683Z,1,2,1,T,A,0,222.810000000,190,0,"
        "170625,1,"
        "222.810000000,222.830000000,421,36,3,1,AAPL\n"
        "1969-12-31T23:59:59.999999999Z,1969-12-31T23:59:59.999999998Z,1,3,1,C,A,0,0.000050000,36,128,1,2,"
        "222.810000000,,200,0,1,0,AAPL\n");
}
