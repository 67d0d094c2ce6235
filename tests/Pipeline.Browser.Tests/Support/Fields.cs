using Microsoft.Playwright;

namespace Pipeline.Browser.Tests.Support;

/// <summary>Fields that a person leaves before what was typed counts.</summary>
public static class Fields
{
    /// <summary>Types a day, or a minute of one, into a date field and goes on to the next field.</summary>
    public static async Task TypesDay(this ILocator field, string day)
    {
        await field.FillAsync(day);
        await field.PressAsync("Tab");
    }
}
