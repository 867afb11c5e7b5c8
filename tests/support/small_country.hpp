// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/data_set.hpp"

namespace phoihop::test {

/// A country of two old provinces that become one, with four communes of which one is split and one goes on.
[[nodiscard]] inline units::DataFiles small_country()
{
    return {
        {"old_provinces.csv",
         "code,name,full_name,type,new_province_code\n"
         "02,Hà Giang,Tỉnh Hà Giang,province,08\n"
         "08,Tuyên Quang,Tỉnh Tuyên Quang,province,08\n"},
        {"old_districts.csv",
         "code,name,full_name,type,province_code,communes,new_province_code\n"
         "026,Đồng Văn,Huyện Đồng Văn,rural_district,02,2,08\n"
         "072,Na Hang,Huyện Na Hang,rural_district,08,2,08\n"},
        {"old_communes.csv",
         "code,name,full_name,type,district_code,province_code\n"
         "00715,Phó Bảng,Thị trấn Phó Bảng,township,026,02\n"
         "00721,Phố Là,Xã Phố Là,commune,026,02\n"
         "02200,Năng Khả,Xã Năng Khả,commune,072,08\n"
         "02205,Thanh Tương,Xã Thanh Tương,commune,072,08\n"},
        {"new_provinces.csv",
         "code,name,full_name,type,units,communes,wards,special_zones,old_province_codes,resolution\n"
         "08,Tuyên Quang,Tỉnh Tuyên Quang,province,4,4,0,0,02 08,1684/NQ-UBTVQH15\n"},
        {"new_communes.csv",
         "code,name,full_name,type,province_code,lat,lon,resolution\n"
         "00715,Phố Bảng,Xã Phố Bảng,commune,08,23.2486,105.1903,1684/NQ-UBTVQH15\n"
         "02200,Na Hang,Xã Na Hang,commune,08,22.3601,105.3907,1684/NQ-UBTVQH15\n"
         "02201,Hồng Thái,Xã Hồng Thái,commune,08,,,1684/NQ-UBTVQH15\n"
         "02205,Thanh Tương,Xã Thanh Tương,commune,08,22.3088,105.4102,1684/NQ-UBTVQH15\n"},
        {"provinces34.topojson",
         R"({"type":"Topology","arcs":[[[105,22],[106,22],[106,23],[105,22]]],)"
         R"("objects":{"provinces34":{"type":"GeometryCollection","geometries":[)"
         R"({"type":"Polygon","id":"08","arcs":[[0]],"properties":{"name":"Tỉnh Tuyên Quang"}}]}}})"},
        {"province_map.csv",
         "old_code,old_full_name,new_code,new_full_name,same_code,merged\n"
         "02,Tỉnh Hà Giang,08,Tỉnh Tuyên Quang,0,1\n"
         "08,Tỉnh Tuyên Quang,08,Tỉnh Tuyên Quang,1,1\n"},
        {"commune_map.csv",
         "old_code,old_level,new_code,area_part,people_part,main,targets,basis,resolution\n"
         "00715,commune,00715,full,full,1,1,resolution_text,1684/NQ-UBTVQH15\n"
         "00721,commune,00715,full,full,1,1,resolution_text,1684/NQ-UBTVQH15\n"
         "02200,commune,02200,part,part,0,2,resolution_text,1684/NQ-UBTVQH15\n"
         "02200,commune,02201,part,part,0,2,resolution_text,1684/NQ-UBTVQH15\n"
         "02205,commune,02205,full,full,1,1,unchanged,1684/NQ-UBTVQH15\n"},
        {"changes_2026.csv",
         "effective,level,code,field,old_value,new_value,act,confidence\n"
         "2026-04-30,commune,02200,full_name,Xã Na Hang,Phường Na Hang,237/NQ-UBTVQH16,read\n"},
        {"name_variants.csv",
         "scheme,code,full_name,variant,source\n"
         "old,00715,Thị trấn Phó Bảng,Thị trấn Phố Bảng,resolution\n"},
    };
}

}  // namespace phoihop::test
