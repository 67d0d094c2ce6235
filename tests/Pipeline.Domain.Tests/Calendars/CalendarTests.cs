using System.Text;
using Pipeline.Domain.Calendars;

namespace Pipeline.Domain.Tests.Calendars;

/// <summary>Calendars that are subscribed to: what is told, changed, cancelled and dropped, and how it is written (RFC 5545).</summary>
public sealed class CalendarTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> Nothing = [];

    private static CalendarItem Item(
        string uid,
        string day,
        string title = "2026-000001 签约",
        string? project = "p"
    ) => new(uid, title, DateOnly.Parse(day), null, project);

    private static ToldItem Told(CalendarItem item, int sequence = 0, bool cancelled = false, int daysAgo = 1) =>
        new(item, sequence, Now.AddDays(-daysAgo), cancelled);

    [Test]
    public void What_is_new_begins_at_zero_and_what_changed_counts_up()
    {
        var change = CalendarChanges.Between(
            [Told(Item("a", "2026-05-10")), Told(Item("b", "2026-05-11"), sequence: 2)],
            [Item("a", "2026-05-10"), Item("b", "2026-05-12"), Item("c", "2026-05-13")],
            null,
            Nothing,
            Now
        );
        change
            .Told.Select(told => (told.Item.Uid, told.Sequence, told.ChangedAt == Now))
            .ShouldBe([("a", 0, false), ("b", 3, true), ("c", 0, true)]);
        change.Changed.Select(told => told.Item.Uid).ShouldBe(["b", "c"]);
        change.Dropped.ShouldBeEmpty();
    }

    [Test]
    public void What_is_gone_is_cancelled_for_thirty_days_and_comes_back_as_a_change()
    {
        var gone = CalendarChanges.Between([Told(Item("a", "2026-06-10"))], [], null, Nothing, Now).Told.Single();
        (gone.Cancelled, gone.Sequence, gone.ChangedAt).ShouldBe((true, 1, Now));
        CalendarChanges.Between([gone], [], null, Nothing, Now.AddDays(30)).IsNothing.ShouldBeTrue();
        CalendarChanges.Between([gone], [], null, Nothing, Now.AddDays(31)).Dropped.ShouldBe(["a"]);
        var back = CalendarChanges
            .Between([gone], [Item("a", "2026-06-10")], null, Nothing, Now.AddDays(1))
            .Told.Single();
        (back.Cancelled, back.Sequence).ShouldBe((false, 2));
    }

    [Test]
    public void What_is_past_is_not_cancelled()
    {
        var past = Told(Item("a", "2026-05-03"));
        CalendarChanges.Between([past], [], null, Nothing, Now).IsNothing.ShouldBeTrue();
        CalendarChanges.Between([past], [], null, Nothing, Now.AddDays(31)).Dropped.ShouldBe(["a"]);
    }

    [Test]
    public void Of_a_project_that_became_secret_not_even_the_cancellation_is_told()
    {
        var change = CalendarChanges.Between(
            [Told(Item("a", "2026-06-10")), Told(Item("b", "2026-06-10"), cancelled: true)],
            [],
            null,
            new HashSet<string> { "p" },
            Now
        );
        change.Told.ShouldBeEmpty();
        change.Dropped.ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Test]
    public void What_lies_behind_a_part_that_was_read_stays_as_it_was() =>
        CalendarChanges
            .Between([Told(Item("a", "2026-06-10"))], [], Now.AddDays(7), Nothing, Now)
            .IsNothing.ShouldBeTrue();

    [Test]
    public void Lines_end_in_crlf_and_have_at_most_75_octets_without_splitting_a_character()
    {
        var title = "2026-000001 " + string.Concat(Enumerable.Repeat("独占期到期🏭", 20));
        var text = CalendarText.Write(
            "招商",
            [Told(new CalendarItem("u", title, null, Now, null))],
            IsoDuration.Parse("P1D")
        );
        var lines = text.Split("\r\n");
        lines[^1].ShouldBeEmpty();
        text.Replace("\r\n", "").ShouldNotContain("\n");
        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        text.Replace("\r\n ", "").ShouldContain($"SUMMARY:{title}\r\n");
        text.ShouldContain("DTSTART:20260504T010000Z\r\n");
        text.ShouldContain("TRIGGER:-P1D\r\n");
        text.ShouldContain("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n");
    }

    [Test]
    public void Days_are_whole_days_and_marks_are_escaped()
    {
        var text = CalendarText.Write(
            "a",
            [Told(Item("u", "2026-12-31", "甲;乙,丙\\丁\n戊"), cancelled: true)],
            IsoDuration.Parse("P1D")
        );
        text.ShouldContain("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n");
        text.ShouldContain("SUMMARY:甲\\;乙\\,丙\\\\丁\\n戊\r\n");
        text.ShouldContain("STATUS:CANCELLED\r\n");
        text.ShouldNotContain("VALARM");
    }
}
