using System.Data;
using Microsoft.Data.SqlClient;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>Parameters have the type of the columns they meet, so that SQL Server finds rows by its indexes.</summary>
public sealed class ParameterTests
{
    [TestCase("4f2a", SqlDbType.VarChar, 4000)]
    [TestCase("", SqlDbType.VarChar, 4000)]
    [TestCase("氢能", SqlDbType.NVarChar, 4000)]
    [TestCase("é", SqlDbType.NVarChar, 4000)]
    public void A_text_of_ASCII_is_varchar_and_any_other_nvarchar(string text, SqlDbType type, int size)
    {
        var parameter = Sent(text);
        (parameter.SqlDbType, parameter.Size, parameter.Value).ShouldBe((type, size, text));
    }

    [Test]
    public void A_long_text_is_not_cut()
    {
        var parameter = Sent(new string('x', 4001));
        (parameter.Size, ((string)parameter.Value).Length).ShouldBe((-1, 4001));
    }

    [TestCase(typeof(string), SqlDbType.VarChar)]
    [TestCase(typeof(long?), SqlDbType.BigInt)]
    [TestCase(typeof(int?), SqlDbType.Int)]
    [TestCase(typeof(DateTimeOffset?), SqlDbType.DateTime2)]
    [TestCase(typeof(DateOnly?), SqlDbType.Date)]
    [TestCase(typeof(byte[]), SqlDbType.VarBinary)]
    public void Nothing_is_null_of_the_declared_type(Type type, SqlDbType expected)
    {
        var parameter = new SqlParameter();
        TypeHandlers.Set(parameter, null, type);
        (parameter.Value, parameter.SqlDbType).ShouldBe((DBNull.Value, expected));
    }

    [Test]
    public void An_instant_goes_in_whole_milliseconds_and_a_date_as_a_date()
    {
        var instant = Sent(new DateTimeOffset(2026, 5, 4, 9, 0, 0, 5, TimeSpan.FromHours(8)));
        (instant.SqlDbType, instant.Scale, instant.Value).ShouldBe(
            (SqlDbType.DateTime2, (byte)3, new DateTime(2026, 5, 4, 1, 0, 0, 5, DateTimeKind.Utc))
        );
        Sent(new DateOnly(2026, 2, 28)).SqlDbType.ShouldBe(SqlDbType.Date);
    }

    [Test]
    public void The_members_of_a_list_are_texts_and_numbers_and_the_statement_that_is_sent_parses()
    {
        var parameters = new Parameters
        {
            { "names", new[] { "中粮", "abc" } },
            { "ids", new[] { "4f2a" } },
            { "numbers", new[] { 1L, 2L } },
            { "none", Array.Empty<string>() },
            { "limit", 5 },
        };
        const string sql =
            "SELECT i.id FROM investors i WHERE i.name_key IN @names AND i.id IN @ids AND i.uscc IN @none AND i.id IN (SELECT p.id FROM projects p WHERE p.seq IN @numbers) ORDER BY i.id {page}";
        StatementRules.Faults(sql, parameters).ShouldBeEmpty();
    }

    [Test]
    public void A_parameter_whose_type_the_server_would_have_to_guess_is_found() =>
        StatementRules
            .Faults("SELECT id FROM projects WHERE amount = @amount", new Parameters { { "amount", 1.5m } })
            .ShouldHaveSingleItem()
            .ShouldContain("Decimal");

    private static SqlParameter Sent(object value)
    {
        var parameter = new SqlParameter();
        TypeHandlers.Set(parameter, value);
        return parameter;
    }
}
