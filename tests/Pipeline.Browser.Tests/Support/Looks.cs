using System.Text.Json;
using Microsoft.Playwright;
using Pipeline.Api;

namespace Pipeline.Browser.Tests.Support;

/// <summary>How a page may look, and whether axe finds anything in it: no rule is left out, and no part of a page.</summary>
public static class Looks
{
    // What a page says depends on the language, what it looks like on the theme: two looks show both of each.
    public static readonly (string Language, string Theme)[] All = [("zh-CN", "light"), ("en", "dark")];

    private static readonly string Axe = File.ReadAllText(
        Path.Combine(Layout.Find().Root, "web", "node_modules", "axe-core", "axe.min.js")
    );

    /// <summary>From the next page on.</summary>
    public static async Task Take(IPage page, string language, string theme)
    {
        // What moves is looked at when it has arrived.
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync(
            "([language, theme]) => { localStorage.setItem('pipeline.language', language); localStorage.setItem('pipeline.theme', theme); }",
            new[] { language, theme }
        );
    }

    /// <summary>Opens a page, waits until all of it is there, and looks whether it fits the screen and axe finds nothing.</summary>
    public static async Task FitsAndIsClean(IPage page, string path, int width, string what)
    {
        await page.GotoAsync(path);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(page.Locator(".loading")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, path);
        await Check(page, what);
    }

    /// <summary>Looks whether a text is cut off or runs over what is beside it: in a field that is too narrow for what it asks for, or beyond the box it stands in. What is moved sideways, ends in dots or is told whole where one points, is not; a space may hang over the end of a line.</summary>
    public static async Task NothingIsCut(IPage page, string what) =>
        (await page.EvaluateAsync<string[]>(Cut)).ShouldBeEmpty(what);

    private const string Cut = """
        () => {
          const found = [];
          const say = (what, element) => found.push(`${what}: “${(element.placeholder || element.textContent).trim().slice(0, 60)}” in ${element.tagName.toLowerCase()}.${element.className}`);
          const pen = document.createElement('canvas').getContext('2d');
          for (const input of document.querySelectorAll('input[placeholder]')) {
            const style = getComputedStyle(input);
            pen.font = style.font;
            if (input.offsetWidth > 0 && pen.measureText(input.placeholder).width > input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 1)
              say('placeholder', input);
          }
          const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          while (texts.nextNode()) {
            const text = texts.currentNode;
            if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
            let box = text.parentElement;
            while (['inline', 'contents'].includes(getComputedStyle(box).display)) box = box.parentElement;
            const style = getComputedStyle(box);
            if (box.closest('[title], svg') || style.position === 'absolute' || style.textOverflow === 'ellipsis' || ['auto', 'scroll'].includes(style.overflowX))
              continue;
            range.selectNodeContents(text);
            if (range.getBoundingClientRect().right > box.getBoundingClientRect().right + 4) say('text', text.parentElement);
          }
          return [...new Set(found)];
        }
        """;

    public static async Task Check(IPage page, string what)
    {
        await page.EvaluateAsync(Axe);
        var result = await page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] })");
        result.GetProperty("passes").GetArrayLength().ShouldBeGreaterThan(10, what);
        var violations = result
            .GetProperty("violations")
            .EnumerateArray()
            .SelectMany(violation =>
                violation
                    .GetProperty("nodes")
                    .EnumerateArray()
                    .Select(node =>
                        $"{what}: {violation.GetProperty("impact")} {violation.GetProperty("id")} {node.GetProperty("target")} {node.GetProperty("html")}\n{node.GetProperty("failureSummary")}"
                    )
            );
        violations.ShouldBeEmpty();
    }
}
