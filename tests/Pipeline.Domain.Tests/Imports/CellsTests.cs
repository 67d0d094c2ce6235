using Pipeline.Domain.Imports;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>Stages, places, investors, countries, classes, public works.</summary>
public class CellsTests
{
    [TestCase("在谈", "in-talks", "")]
    [TestCase("洽谈中", "in-talks", "")]
    [TestCase("签约", "signed", "")]
    [TestCase("已签约", "signed", "")]
    [TestCase("② 签约", "signed", "")]
    [TestCase("注册(备案)", "registered", "")]
    [TestCase("备案", "registered", "")]
    [TestCase("开工", "started", "")]
    [TestCase("在建", "started", "")]
    [TestCase("投产", "in-production", "")]
    [TestCase("终止", "terminated", "")]
    [TestCase("Signed", "signed", "")]
    [TestCase("Under construction", "started", "")]
    [TestCase("集中开工", "started", "stage-assumed")]
    [TestCase("签订框架协议", "in-talks", "framework-only")]
    [TestCase("MOU signed", "in-talks", "framework-only")]
    [TestCase("拟签约", "in-talks", "stage-planned")]
    [TestCase("拟开工", null, "stage-unknown")]
    [TestCase("未开工", null, "stage-unknown")]
    [TestCase("签约、开工", null, "stage-unknown")]
    [TestCase("引进", null, "stage-unknown")]
    [TestCase("落户", null, "stage-unknown")]
    [TestCase("", null, "stage-unknown")]
    public void A_stage_is_read_where_it_is_said(string text, string? stage, string codes)
    {
        var cell = Stages.Parse(text);
        cell.Value.ShouldBe(stage);
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [TestCase("南湖区", "nanhu", "nanhu")]
    [TestCase("嘉善", "jiashan", "jiashan")]
    [TestCase("嘉善县姚庄镇", "jiashan", "yaozhuang")]
    [TestCase("余新镇", "nanhu", "nanhu")]
    [TestCase("湘家荡区域", "nanhu", "xiangjiadang")]
    [TestCase("嘉兴经开区", "jxedz", "jxedz")]
    [TestCase("经开区", "jxedz", "jxedz")]
    [TestCase("嘉兴经济技术开发区", "jxedz", "jxedz")]
    [TestCase("嘉兴经济开发区", "jxedz", "jxedz")]
    [TestCase("嘉兴经济技术开发区（国际商务区）", "jxedz", "jxedz")]
    [TestCase("嘉兴国际商务区", "jxedz", "jxedz")]
    [TestCase("马家浜食品小镇", "jxedz", "majiabang")]
    [TestCase("秀洲国家高新区", "xiuzhou", "xiuzhou-hightech")]
    [TestCase("嘉兴高新区", "xiuzhou", "xiuzhou-hightech")]
    [TestCase("嘉兴国家高新区", "xiuzhou", "xiuzhou-hightech")]
    [TestCase("嘉兴秀洲高新技术产业开发区", "xiuzhou", "xiuzhou-hightech")]
    [TestCase("嘉兴平湖独山港经济开发区", "pinghu", "dushan-port")]
    [TestCase("浙江中荷(嘉善)产业合作园二期", "jiashan", "sino-dutch")]
    [TestCase("桐乡开发区(高桥街道)", "tongxiang", "tongxiang-edz")]
    [TestCase("海盐县百步经济开发区", "haiyan", "baibu")]
    [TestCase("海宁市黄湾镇(尖山新区)", "haining", "haining-edz")]
    [TestCase("桐乡市融杭经济区洲泉区块", "tongxiang", "ronghang")]
    [TestCase("嘉兴港区临港现代装备与航空航天产业生态园", "jxport", "jxport")]
    [TestCase("Jiashan", "jiashan", "jiashan")]
    [TestCase("Jiaxing Economic and Technological Development Zone", "jxedz", "jxedz")]
    [TestCase("平湖市乍浦镇", "pinghu", "pinghu")]
    [TestCase("烏鎮", "tongxiang", "tongxiang")]
    public void A_place_is_found_by_its_names_old_and_new(string text, string owner, string landing)
    {
        var cell = Register.Places.Parse(text);
        cell.Value.ShouldBe(new PlaceReading(owner, landing));
        cell.Codes.ShouldBeEmpty();
    }

    [TestCase("嘉兴市", "owner-unknown")]
    [TestCase("市本级", "owner-unknown")]
    [TestCase("浙江省", "owner-unknown")]
    [TestCase("", "owner-unknown")]
    [TestCase("火星", "owner-unknown")]
    [TestCase("嘉兴综合保税区", "owner-unknown")]
    [TestCase("平湖市、南湖区、嘉善县", "place-several")]
    [TestCase("嘉兴市秀洲区、经开区", "place-several")]
    [TestCase("乍浦镇", "place-several")]
    [TestCase("深圳市龙岗区平湖街道", "place-elsewhere")]
    public void A_place_that_names_no_unit_has_no_owner(string text, string code)
    {
        var cell = Register.Places.Parse(text);
        cell.Value.OwnerId.ShouldBeNull();
        cell.Codes.ShouldBe([code]);
    }

    [TestCase("诺华", "诺华")]
    [TestCase("韵达速运、中通速递、圆通速递、邮政EMS", "韵达速运|中通速递|圆通速递|邮政EMS")]
    [TestCase("浙江卫星石化股份有限公司和法国液化空气集团", "浙江卫星石化股份有限公司|法国液化空气集团")]
    [TestCase("新加坡大山私人有限公司与浙江华友钴镍材料有限公司", "新加坡大山私人有限公司|浙江华友钴镍材料有限公司")]
    [TestCase("浦项化学与华友钴业", "浦项化学|华友钴业")]
    [TestCase("浙江和心纺织有限公司", "浙江和心纺织有限公司")]
    [TestCase("中和新材料有限公司", "中和新材料有限公司")]
    [TestCase("平安银行和谐健康保险", "平安银行和谐健康保险")]
    [TestCase("格科微电子（上海）有限公司", "格科微电子（上海）有限公司")]
    [TestCase("通策集团(香港)", "通策集团(香港)")]
    [TestCase("Acme Co., Ltd", "Acme Co., Ltd")]
    [TestCase("A公司/B公司", "A公司|B公司")]
    [TestCase("甲科技；乙科技", "甲科技|乙科技")]
    [TestCase("诺华、诺华", "诺华")]
    public void Investors_are_parted_only_where_it_is_certain(string text, string expected) =>
        string.Join('|', Investors.Split(text).Value.Select(i => i.Name)).ShouldBe(expected);

    [Test]
    public void Two_short_names_are_parted_when_both_are_known()
    {
        var unsure = Investors.Split("采埃孚和北汽福田");
        unsure.Value.Select(i => i.Name).ShouldBe(["采埃孚和北汽福田"]);
        unsure.Codes.ShouldBe(["investors-maybe-several"]);
        Investors
            .Split("采埃孚和北汽福田", Investors.CertainNames("北汽福田、采埃孚").ToHashSet())
            .Value.Select(i => i.Name)
            .ShouldBe(["采埃孚", "北汽福田"]);
    }

    [Test]
    public void A_second_name_in_brackets_is_kept_as_one()
    {
        var cell = Investors.Split("德铁信可(DB Schenker)");
        cell.Value.Single().ShouldBe(new InvestorReading("德铁信可", "DB Schenker", null, false));
        cell.Codes.ShouldBe(["investor-alias"]);
    }

    [Test]
    public void A_wholly_owned_subsidiary_names_its_parent() =>
        Investors
            .Split("桐乡市中鸿新材料有限公司(新凤鸣集团股份有限公司全资子公司)")
            .Value.Single()
            .ShouldBe(new InvestorReading("桐乡市中鸿新材料有限公司", null, "新凤鸣集团股份有限公司", false));

    [TestCase("某省属国企")]
    [TestCase("日本投资方")]
    [TestCase("段志辉团队")]
    public void An_anonymous_investor_is_said_to_be_one(string text) =>
        Investors.Split(text).Codes.ShouldBe(["investor-generic"]);

    [TestCase("甲股份有限公司等3家企业")]
    [TestCase("甲股份有限公司等")]
    public void And_others_are_not_left_out_in_silence(string text)
    {
        var cell = Investors.Split(text);
        cell.Value.Single().Name.ShouldBe("甲股份有限公司");
        cell.Codes.ShouldBe(["investors-maybe-several"]);
    }

    [TestCase("德国", "DE", "")]
    [TestCase("台湾", "TW", "")]
    [TestCase("香港", "HK", "")]
    [TestCase("中国香港", "HK", "")]
    [TestCase("韩国", "KR", "")]
    [TestCase("Germany", "DE", "")]
    [TestCase("de", "DE", "")]
    [TestCase("浙江省", "CN", "")]
    [TestCase("", null, "")]
    [TestCase("德国、中国", "DE", "country-several")]
    [TestCase("火星", null, "country-unknown")]
    public void A_country_is_read_by_its_names(string text, string? code, string codes)
    {
        var cell = Countries.Parse(text);
        cell.Value.ShouldBe(code);
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [TestCase("3841", "3841", "")]
    [TestCase("C3841", "3841", "")]
    [TestCase("C38 电气机械和器材制造业", "38", "")]
    [TestCase("锂离子电池制造", "3841", "")]
    [TestCase("锂离子电池制造业", "3841", "")]
    [TestCase("汽车制造", "36", "")]
    [TestCase("纺织", "17", "")]
    [TestCase("食品", "14", "industry-assumed")]
    [TestCase("9999", "9999", "industry-unknown")]
    [TestCase("3899", "3899", "")]
    [TestCase("3898", "3898", "industry-unknown")]
    [TestCase("动力电池", null, "industry-unknown")]
    [TestCase("半导体", null, "industry-unknown")]
    [TestCase("新材料", null, "industry-unknown")]
    [TestCase("高端制造", null, "industry-unknown")]
    [TestCase("", null, "")]
    public void A_class_is_found_by_code_or_by_its_own_name(string text, string? code, string codes)
    {
        var cell = Register.Industries.Parse(text);
        cell.Value.ShouldBe(code);
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [TestCase("双溪路跨南郊河桥梁", true)]
    [TestCase("商务大道(槜李路—三环南路)", true)]
    [TestCase("许巷小学教学楼运动场改扩建项目", true)]
    [TestCase("海宁市临杭新区建设投资有限公司新建新月路项目", true)]
    [TestCase("秀清公园", true)]
    [TestCase("嘉善大道—金商公路(平黎公路联络线)工程", true)]
    [TestCase("年产10万吨新材料项目", false)]
    [TestCase("科技公园企业加速器", false)]
    [TestCase("高分子光伏胶膜新材料项目", false)]
    [TestCase("中国移动长三角(嘉善)智算中心", false)]
    public void Public_works_are_pointed_out(string name, bool likely) => PublicWorks.IsLikely(name).ShouldBe(likely);

    [Property(MaxTest = 1000)]
    public bool No_text_makes_reading_fail_and_the_original_is_kept(string? text)
    {
        var t = text ?? "";
        return Stages.Parse(t).Original == t
            && Register.Places.Parse(t).Original == t
            && Investors.Split(t).Original == t
            && Countries.Parse(t).Original == t
            && Register.Industries.Parse(t).Original == t
            && !PublicWorks.IsLikely("x", t) | true;
    }

    [Test]
    public void The_nine_reporting_units_and_every_division_of_the_standard_are_seeded()
    {
        Register
            .Units.Where(u => u.Reports && u.Kind != "office")
            .Select(u => u.Code)
            .ShouldBe(
                ["nanhu", "xiuzhou", "jiashan", "pinghu", "haiyan", "haining", "tongxiang", "jxedz", "jxport"],
                ignoreOrder: true
            );
        Register.Units.ShouldAllBe(u => u.ParentId == null || Register.Units.Any(p => p.Code == u.ParentId));
        Register
            .Classes.Select(one => one.Code)
            .Where(code => code.Length == 2)
            .ShouldBe(Enumerable.Range(1, 97).Select(n => n.ToString("00")));
    }

    // GB/T 4754-2017 has 97 divisions and 473 groups. Its foreword counts 1,380 classes; what is published of it lists 1,381.
    [Test]
    public void The_classes_of_the_standard_are_seeded_each_below_its_group()
    {
        var codes = Register.Classes.Select(one => one.Code).ToHashSet();
        codes.Count.ShouldBe(Register.Classes.Count);
        codes.Count(code => code.Length == 3).ShouldBe(473);
        codes.Count(code => code.Length == 4).ShouldBe(1381);
        codes.ShouldAllBe(code => code.Length == 2 || codes.Contains(code.Substring(0, code.Length - 1)));
        codes
            .Where(code => code.Length < 4)
            .ShouldAllBe(code => codes.Any(below => below.Length == code.Length + 1 && below.StartsWith(code)));
        Register.Classes.ShouldAllBe(one => one.NameZh.Trim().Length > 0);
    }
}
