using Pipeline.Domain.Imports;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>R50: only a certain day of a certain year is a date.</summary>
public class DatesTests
{
    [TestCase("2023年9月21日", "2023-09-21")]
    [TestCase("2023-02-09", "2023-02-09")]
    [TestCase("2023/2/9", "2023-02-09")]
    [TestCase("2023.2.9", "2023-02-09")]
    [TestCase("20230209", "2023-02-09")]
    [TestCase("２０２３年９月２１日", "2023-09-21")]
    [TestCase("二〇二三年九月二十一日", "2023-09-21")]
    [TestCase("2023年 9月 21日", "2023-09-21")]
    [TestCase("2023年9月21号", "2023-09-21")]
    [TestCase("2023-02-09 00:00:00", "2023-02-09")]
    [TestCase("2023-02-09T08:30:00Z", "2023-02-09")]
    [TestCase("5 May 2021", "2021-05-05")]
    [TestCase("May 5, 2021", "2021-05-05")]
    [TestCase("5th May 2021", "2021-05-05")]
    [TestCase("13/02/2023", "2023-02-13")]
    [TestCase("02/13/2023", "2023-02-13")]
    [TestCase("05/05/2023", "2023-05-05")]
    [TestCase("2024-02-29", "2024-02-29")]
    [TestCase("2023年9月21日（星期四）", "2023-09-21")]
    public void A_day_written_out_is_a_date(string text, string expected)
    {
        var cell = Dates.Parse(text);
        cell.Value.ShouldBe(DateOnly.Parse(expected));
        cell.Codes.ShouldBeEmpty();
    }

    // Serial days as spreadsheets count them: 45000 is 2023-03-15, 1 is 1900-01-01.
    [TestCase("45000", false, "2023-03-15", "date-serial")]
    [TestCase("45000", true, "2023-03-15", "")]
    [TestCase("45000.75", true, "2023-03-15", "")]
    [TestCase("60", true, null, "date-impossible")]
    [TestCase("12", false, null, "date-unreadable")]
    [TestCase("2023", true, null, "date-year-only")]
    [TestCase("202309", false, null, "date-month-only")]
    [TestCase("20230230", false, null, "date-impossible")]
    [TestCase("99999999", true, null, "date-impossible")]
    public void A_number_is_a_serial_day_where_it_can_be_one(string text, bool numeric, string? expected, string codes)
    {
        var cell = Dates.Parse(text, numeric);
        cell.Value.ShouldBe(expected is null ? null : DateOnly.Parse(expected));
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [TestCase("11月13日", "date-no-year")]
    [TestCase("3月", "date-no-year")]
    [TestCase("16日", "date-no-year")]
    [TestCase("5 May", "date-no-year")]
    [TestCase("2010年6月", "date-month-only")]
    [TestCase("2023-09", "date-month-only")]
    [TestCase("2023.9", "date-month-only")]
    [TestCase("December 2015", "date-month-only")]
    [TestCase("2016年", "date-year-only")]
    [TestCase("2019", "date-year-only")]
    [TestCase("2019年底", "date-period")]
    [TestCase("2019年上半年", "date-period")]
    [TestCase("2023年第三季度", "date-period")]
    [TestCase("2023年9月中旬", "date-period")]
    [TestCase("2021-2023年", "date-period")]
    [TestCase("11月13日至14日", "date-two-days,date-no-year")]
    [TestCase("3月5日和3月18日", "date-two-days,date-no-year")]
    [TestCase("2023年9月21日-22日", "date-two-days")]
    [TestCase("2023-09-21、2023-09-22", "date-two-days")]
    [TestCase("7月底前", "date-bound,date-no-year")]
    [TestCase("2023年9月30日前", "date-bound")]
    [TestCase("去年底", "date-relative,date-period")]
    [TestCase("去年7月", "date-relative")]
    [TestCase("今年下半年", "date-relative,date-period")]
    [TestCase("June this year", "date-relative")]
    [TestCase("05/06/2023", "date-ambiguous")]
    [TestCase("23.9.21", "date-ambiguous")]
    [TestCase("2023-02-30", "date-impossible")]
    [TestCase("2023年13月1日", "date-impossible")]
    [TestCase("0023-01-01", "date-impossible")]
    [TestCase("预计2023年9月21日", "date-planned")]
    [TestCase("2023年9月21日左右", "date-approximate")]
    [TestCase("待定", "date-unreadable")]
    [TestCase("尽快", "date-unreadable")]
    public void What_is_no_certain_day_says_what_it_is(string text, string codes)
    {
        var cell = Dates.Parse(text);
        cell.Value.ShouldBeNull();
        string.Join(',', cell.Codes).ShouldBe(codes);
        cell.Original.ShouldBe(text);
    }

    [TestCase("")]
    [TestCase("/")]
    public void An_empty_cell_is_a_gap(string text) => Dates.Parse(text).Codes.ShouldBeEmpty();

    [Property(MaxTest = 1000)]
    public bool No_text_makes_reading_fail(string? text) => Dates.Parse(text ?? "", true).Original == (text ?? "");

    [Property(MaxTest = 500)]
    public bool Every_day_is_read_back(FsCheck.PositiveInt number)
    {
        var day = new DateOnly(1990, 1, 1).AddDays(number.Get % 36_000);
        return Dates.Parse($"{day.Year}年{day.Month}月{day.Day}日").Value == day
            && Dates.Parse($"{day:yyyy-MM-dd}").Value == day
            && Dates.Parse($"{day:yyyyMMdd}").Value == day;
    }
}
