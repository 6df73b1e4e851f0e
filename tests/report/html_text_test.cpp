#include "report/html_text.hpp"

#include "catch2.hpp"

using namespace stream_analyzer;

TEST_CASE("markup in a name is text in the page") {
    CHECK(html_text("<img src=x onerror=\"a('b')\">&amp;") ==
          "&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp;");
    CHECK(html_text("plain ä € 語") == "plain ä € 語");
}

TEST_CASE("what a reader would not see, or would see in another order, is spelled out") {
    CHECK(visible_text("a\nb\x1b[31m") == "a\\x0ab\\x1b[31m");
    CHECK(visible_text("gpj.\u202etxt") == "gpj.\\u202etxt");
    CHECK(visible_text("\u2066a\u2069\u200e\u061c") == "\\u2066a\\u2069\\u200e\\u061c");
    CHECK(visible_text("a\u2028b\u2029") == "a\\u2028b\\u2029");
    CHECK(visible_text("\u202e\u202e") == "\\u202e\\u202e");
}

TEST_CASE("bytes that are no UTF-8 become replacement characters") {
    CHECK(visible_text("a\xff"
                       "b") == "a\ufffdb");
    CHECK(html_text("\xc3") == "\ufffd");
}

TEST_CASE("nothing in the JSON of a page ends its script element") {
    const std::string json =
        script_json({{"name", "</script><!--<script>&\u2028\u202e ä"}, {"n", 1.5}});
    CHECK(json ==
          "{\"name\":\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026\\u2028\\u202e "
          "\\u00e4\",\"n\":1.5}");
    CHECK(Json::parse(json)["name"] == "</script><!--<script>&\u2028\u202e ä");
}
