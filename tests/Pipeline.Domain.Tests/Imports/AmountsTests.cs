using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>R50: a sum is read when it is certain, exactly; what is not certain is said.</summary>
public class AmountsTests
{
    [TestCase("10亿元", "1000000000", "CNY")]
    [TestCase("227133.67 万元", "2271336700", "CNY")]
    [TestCase("48716万元", "487160000", "CNY")]
    [TestCase("0.93亿元", "93000000", "CNY")]
    [TestCase("50 亿元", "5000000000", "CNY")]
    [TestCase("20亿元人民币", "2000000000", "CNY")]
    [TestCase("20亿人民币", "2000000000", "CNY")]
    [TestCase("人民币400,000万元", "4000000000", "CNY")]
    [TestCase("400,000万元", "4000000000", "CNY")]
    [TestCase("人民币 15 亿元", "1500000000", "CNY")]
    [TestCase("RMB 5 billion", "5000000000", "CNY")]
    [TestCase("130 million Yuan", "130000000", "CNY")]
    [TestCase("1亿美元", "100000000", "USD")]
    [TestCase("9800万美元", "98000000", "USD")]
    [TestCase("7.5亿美金", "750000000", "USD")]
    [TestCase("5000万元（美元）", "50000000", "USD")]
    [TestCase("USD 30 million", "30000000", "USD")]
    [TestCase("US$1.2bn", "1200000000", "USD")]
    [TestCase("32 million US dollars", "32000000", "USD")]
    [TestCase("30,000,000 USD", "30000000", "USD")]
    [TestCase("1.6 billion euros", "1600000000", "EUR")]
    [TestCase("16亿欧元", "1600000000", "EUR")]
    [TestCase("€16m", "16000000", "EUR")]
    [TestCase("7.14亿元港币", "714000000", "HKD")]
    [TestCase("7亿港元", "700000000", "HKD")]
    [TestCase("HK$ 700 million", "700000000", "HKD")]
    [TestCase("2810亿韩元", "281000000000", "KRW")]
    [TestCase("一亿元", "100000000", "CNY")]
    [TestCase("十五亿元", "1500000000", "CNY")]
    [TestCase("一亿二千万元", "120000000", "CNY")]
    [TestCase("１０亿元", "1000000000", "CNY")]
    [TestCase("１．５亿元", "150000000", "CNY")]
    [TestCase("1.2万亿韩元", "1200000000000", "KRW")]
    [TestCase("总投资10亿元", "1000000000", "CNY")]
    [TestCase("120000000元", "120000000", "CNY")]
    public void A_plain_sum_is_read_without_a_doubt(string text, string amount, string currency)
    {
        var cell = Amounts.Parse(text);
        cell.Codes.ShouldBeEmpty();
        cell.Value.ShouldBe(new Money(decimal.Parse(amount), currency));
        cell.Original.ShouldBe(text);
    }

    [TestCase("约19亿元", "1900000000", "approximate")]
    [TestCase("约合3.2亿元人民币", "320000000", "approximate")]
    [TestCase("近30亿元", "3000000000", "approximate")]
    [TestCase("10亿元左右", "1000000000", "approximate")]
    [TestCase("about 20 million USD", "20000000", "approximate")]
    [TestCase("超2亿元", "200000000", "lower-bound")]
    [TestCase("超过170亿元", "17000000000", "lower-bound")]
    [TestCase("不低于36亿元", "3600000000", "lower-bound")]
    [TestCase("10亿元以上", "1000000000", "lower-bound")]
    [TestCase("10余亿元", "1000000000", "lower-bound")]
    [TestCase("十多亿元", "1000000000", "lower-bound")]
    [TestCase("不超过人民币15亿元", "1500000000", "upper-bound")]
    [TestCase("计划投资8亿元", "800000000", "planned")]
    [TestCase("首期10亿元", "1000000000", "partial")]
    [TestCase("首期投资超100亿元", "10000000000", "partial,lower-bound")]
    [TestCase("12.77亿", "1277000000", "currency-assumed")]
    [TestCase("30 million dollars", "30000000", "currency-assumed")]
    [TestCase("247亿元", "24700000000", "implausible")]
    [TestCase("500元", "500", "implausible")]
    [TestCase("100.125万元", "1001250", "")]
    [TestCase("123456.789元", "123456.79", "rounded")]
    [TestCase("26亿美元(约166亿人民币)", "2600000000", "two-amounts")]
    [TestCase("16亿欧元(19亿美元)", "1600000000", "two-amounts")]
    [TestCase("2810亿韩元(约合人民币 15.6 亿元)", "281000000000", "two-amounts")]
    [TestCase("110亿元，其中固定资产投资80亿元", "11000000000", "two-amounts")]
    [TestCase("110亿元(一期60亿元)", "11000000000", "phases")]
    [TestCase("10亿元（待核实）", "1000000000", "extra-text")]
    public void What_is_uncertain_about_a_sum_is_said_beside_it(string text, string? amount, string codes)
    {
        var cell = Amounts.Parse(text);
        string.Join(',', cell.Codes).ShouldBe(codes);
        cell.Value?.Amount.ShouldBe(decimal.Parse(amount!));
        (cell.Value is null).ShouldBe(amount is null);
    }

    [TestCase("超亿美元", "bound-only")]
    [TestCase("超百亿元", "bound-only")]
    [TestCase("亿元以上", "bound-only")]
    [TestCase("数十亿元", "bound-only")]
    [TestCase("十几亿元", "bound-only")]
    [TestCase("10-15亿元", "value-range")]
    [TestCase("10亿元-15亿元", "value-range")]
    [TestCase("10至15亿元", "value-range")]
    [TestCase("10～15亿元", "value-range")]
    [TestCase("10亿到15亿元", "value-range")]
    [TestCase("一期20亿元、二期50亿元", "phases")]
    [TestCase("20亿元、50亿元", "several-amounts")]
    [TestCase("30", "unit-missing")]
    [TestCase("约30", "unit-missing")]
    [TestCase("待定", "amount-unreadable")]
    [TestCase("面议", "amount-unreadable")]
    [TestCase("10万吨", "bound-only")]
    [TestCase("1,23万元", "amount-unreadable")]
    [TestCase("1.2.3亿元", "amount-unreadable")]
    [TestCase("1 234 万元", "amount-unreadable")]
    [TestCase("0", "not-positive")]
    [TestCase("-5亿元", "not-positive")]
    [TestCase("0万元", "not-positive")]
    [TestCase("30万元/亩", "amount-unreadable")]
    [TestCase("注册资本4000万美元", "not-total")]
    [TestCase("4家合计8.3亿元", "batch-total")]
    public void Without_a_certain_sum_there_is_none(string text, string code)
    {
        var cell = Amounts.Parse(text);
        cell.Value.ShouldBeNull();
        cell.Codes.ShouldBe([code]);
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("/")]
    [TestCase("—")]
    [TestCase("无")]
    public void An_empty_cell_is_a_gap_and_no_doubt(string text)
    {
        var cell = Amounts.Parse(text);
        cell.Value.ShouldBeNull();
        cell.Codes.ShouldBeEmpty();
    }

    [TestCase("亿元", "12.5", "1250000000", "CNY", "")]
    [TestCase("万元", "48,716", "487160000", "CNY", "")]
    [TestCase("万美元", "5600", "56000000", "USD", "")]
    [TestCase("million USD", "30", "30000000", "USD", "")]
    [TestCase("亿", "3", "300000000", "CNY", "currency-assumed")]
    [TestCase("亿元", "约3", "300000000", "CNY", "approximate")]
    [TestCase("万元", "3亿元", "300000000", "CNY", "")]
    [TestCase("万元", "3000万美元", "30000000", "USD", "currency-differs")]
    [TestCase("亿美元", "1.2亿", "120000000", "USD", "")]
    [TestCase("万元", "1e3", "10000000", "CNY", "")]
    public void The_unit_in_the_header_counts_unless_the_cell_has_its_own(
        string unit,
        string text,
        string amount,
        string currency,
        string codes
    )
    {
        var cell = Amounts.Parse(text, Amounts.Unit(unit));
        cell.Value.ShouldBe(new Money(decimal.Parse(amount), currency));
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [Test]
    public void The_second_amount_is_kept_with_the_doubt() =>
        Amounts.Parse("26亿美元(约166亿人民币)").Doubts.Single().Args.ShouldBe(["16600000000 CNY"]);

    [Property(MaxTest = 1000)]
    public bool No_text_makes_reading_fail_and_the_original_is_kept(string? text)
    {
        var cell = Amounts.Parse(text ?? "", new AmountUnit(10_000, "CNY"));
        return cell.Original == (text ?? "")
            && cell.Value is not { IsStorable: false }
            && cell.Value is not { Amount: <= 0 };
    }

    [Property(MaxTest = 500)]
    public bool A_sum_in_ten_thousands_is_exact(FsCheck.PositiveInt hundredths)
    {
        var amount = hundredths.Get / 100m;
        return Amounts.Parse($"{amount:0.##}万元").Value?.Amount == amount * 10_000m;
    }
}

/// <summary>Land: mu, or converted exactly.</summary>
public class LandTests
{
    [TestCase("274", "亩", "274", "")]
    [TestCase("83.6", "亩", "83.6", "")]
    [TestCase("约400", "亩", "400", "approximate")]
    [TestCase("600余", "亩", "600", "lower-bound")]
    [TestCase("600余亩", null, "600", "lower-bound")]
    [TestCase("about 900 mu", "亩", "900", "approximate")]
    [TestCase("约2256.5", "亩", "2256.5", "approximate")]
    [TestCase("162,000 ㎡", "亩", "243", "unit-converted")]
    [TestCase("2万平方米", null, "30", "unit-converted")]
    [TestCase("3公顷", null, "45", "unit-converted")]
    [TestCase("10000", "平方米", "15", "unit-converted")]
    [TestCase("一百亩", null, "100", "")]
    [TestCase("50", null, null, "unit-missing")]
    [TestCase("30-50亩", "亩", null, "value-range")]
    [TestCase("总占地274亩,厂房用地212亩", "亩", null, "land-unreadable")]
    [TestCase("0", "亩", null, "not-positive")]
    [TestCase("待定", "亩", null, "land-unreadable")]
    public void Land_is_read_in_mu(string text, string? unit, string? expected, string codes)
    {
        var cell = Quantities.Parse(text, Measure.Land, unit);
        cell.Value.ShouldBe(expected is null ? null : decimal.Parse(expected));
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [Property(MaxTest = 500)]
    public bool No_text_makes_reading_fail(string? text) =>
        Quantities.Parse(text ?? "", Measure.Land, "亩").Original == (text ?? "");
}
