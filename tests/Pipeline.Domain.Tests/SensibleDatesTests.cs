using System.Globalization;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Tests.Imports;

namespace Pipeline.Domain.Tests;

/// <summary>Dates that can be meant: from 1949 to fifty years from today.</summary>
public sealed class SensibleDatesTests
{
    [TestCase("2026-11-22", "0001-01-01", false)]
    [TestCase("2026-11-22", "1948-12-31", false)]
    [TestCase("2026-11-22", "1949-01-01", true)]
    [TestCase("2026-11-22", "2026-11-22", true)]
    [TestCase("2026-11-22", "2076-11-22", true)]
    [TestCase("2026-11-22", "2076-11-23", false)]
    [TestCase("2026-11-22", "9999-12-31", false)]
    [TestCase("2028-02-29", "2078-02-28", true)]
    [TestCase("2028-02-29", "2078-03-01", false)]
    public void A_date_can_be_meant_from_1949_to_fifty_years_from_today(string today, string date, bool meant) =>
        SensibleDates
            .Include(
                DateOnly.Parse(date, CultureInfo.InvariantCulture),
                DateOnly.Parse(today, CultureInfo.InvariantCulture)
            )
            .ShouldBe(meant);

    [TestCase("2076-11-22", "2076-11-22")]
    [TestCase("2076-11-23", null)]
    [TestCase("2099-01-01", null)]
    public void A_date_of_a_register_that_nobody_can_mean_is_a_doubt(string written, string? taken)
    {
        var row = Register.Read(["项目名称", "投产时间"], "甲厂", written);
        (row.InProductionOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ShouldBe(taken);
        row.Issues.Any(issue => issue.Code == ImportCodes.DateImpossible).ShouldBe(taken is null);
    }
}
