using Pipeline.Domain.Libraries;

namespace Pipeline.Domain.Tests.Libraries;

public sealed class LibraryRulesTests
{
    [TestCase("2024-05-04", "2025-05-04")]
    [TestCase("2024-02-29", "2025-02-28")]
    [TestCase("2023-02-28", "2024-02-28")]
    public void An_entry_is_grey_twelve_months_after_it_was_verified(string verified, string grey) =>
        LibraryRules.GreyFrom(DateOnly.Parse(verified)).ShouldBe(DateOnly.Parse(grey));
}
