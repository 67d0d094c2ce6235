using System.Data;
using Microsoft.Data.SqlClient;
using Pipeline.Api.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>Parameters have the type of the columns they meet, so that SQL Server seeks in its indexes.</summary>
public sealed class ParameterTests
{
    [TestCase("4f2a", DbType.AnsiString, 4000)]
    [TestCase("", DbType.AnsiString, 4000)]
    [TestCase("氢能", DbType.String, 4000)]
    [TestCase("é", DbType.String, 4000)]
    public void A_text_of_ASCII_is_varchar_and_any_other_nvarchar(string text, DbType type, int size)
    {
        var parameter = new SqlParameter();
        new TypeHandlers.Texts().SetValue(parameter, text);
        (parameter.DbType, parameter.Size, parameter.Value).ShouldBe((type, size, text));
    }

    [Test]
    public void A_long_text_is_not_cut()
    {
        var parameter = new SqlParameter();
        new TypeHandlers.Texts().SetValue(parameter, new string('x', 4001));
        (parameter.Size, ((string)parameter.Value).Length).ShouldBe((-1, 4001));
    }

    [Test]
    public void Nothing_is_null()
    {
        var parameter = new SqlParameter();
        new TypeHandlers.Texts().SetValue(parameter, null);
        parameter.Value.ShouldBe(DBNull.Value);
    }
}
