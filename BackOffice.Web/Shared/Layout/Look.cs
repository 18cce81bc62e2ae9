using MudBlazor;

namespace BackOffice.Web.Shared.Layout;

/// <summary>Colours and type. Every pair of text and background has a contrast of 4.5:1 or more, borders of inputs 3:1.</summary>
internal static class Look
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "Segoe UI", "Helvetica", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        LayoutProperties = new() { DefaultBorderRadius = "6px", AppbarHeight = "48px", DrawerWidthLeft = "224px" },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontSize = "1.5rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "-.01em" },
            H2 = new H2Typography { FontSize = "1.125rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            H6 = new H6Typography { FontSize = "1.0625rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontSize = ".875rem", FontWeight = "500", TextTransform = "none", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontSize = ".8125rem", LetterSpacing = "normal" },
        },
    };

    private static PaletteLight Light() => new()
    {
        Black = "#1B1F24", White = "#FFFFFF",
        Primary = "#1F5FBF", PrimaryContrastText = "#FFFFFF", Secondary = "#57606A", SecondaryContrastText = "#FFFFFF",
        Tertiary = "#3D3A9E", TertiaryContrastText = "#FFFFFF",
        Info = "#0B5CAD", InfoContrastText = "#FFFFFF", Success = "#116329", SuccessContrastText = "#FFFFFF",
        Warning = "#7A4B00", WarningContrastText = "#FFFFFF", Error = "#A40E26", ErrorContrastText = "#FFFFFF",
        TextPrimary = "#1B1F24", TextSecondary = "#57606A", TextDisabled = "#6E7781",
        ActionDefault = "#57606A", ActionDisabled = "#8C959F", ActionDisabledBackground = "#EAEEF2",
        Background = "#F6F7F9", BackgroundGray = "#EEF0F3", Surface = "#FFFFFF",
        DrawerBackground = "#FFFFFF", DrawerText = "#1B1F24", DrawerIcon = "#57606A",
        AppbarBackground = "#FFFFFF", AppbarText = "#1B1F24",
        LinesDefault = "#D0D7DE", LinesInputs = "#818B98", TableLines = "#DDE2E8", Divider = "#D0D7DE", DividerLight = "#EAEEF2",
        TableHover = "#F3F6FA", TableStriped = "#F9FAFB",
    };

    private static PaletteDark Dark() => new()
    {
        Black = "#0D1117", White = "#FFFFFF",
        Primary = "#7AB4FF", PrimaryContrastText = "#0B1B2E", Secondary = "#A3ADB9", SecondaryContrastText = "#12161C",
        Tertiary = "#C9C6FF", TertiaryContrastText = "#17153A",
        Info = "#9CCBFF", InfoContrastText = "#0B1B2E", Success = "#8FE3A8", SuccessContrastText = "#08210F",
        Warning = "#FFD08A", WarningContrastText = "#2A1D04", Error = "#FFB3BA", ErrorContrastText = "#33070D",
        TextPrimary = "#E6EAF0", TextSecondary = "#A3ADB9", TextDisabled = "#8A94A0",
        ActionDefault = "#A3ADB9", ActionDisabled = "#6E7885", ActionDisabledBackground = "#2B333D",
        Background = "#12161C", BackgroundGray = "#161B22", Surface = "#1A2027",
        DrawerBackground = "#1A2027", DrawerText = "#E6EAF0", DrawerIcon = "#A3ADB9",
        AppbarBackground = "#1A2027", AppbarText = "#E6EAF0",
        LinesDefault = "#333C47", LinesInputs = "#6E7885", TableLines = "#2B333D", Divider = "#333C47", DividerLight = "#2B333D",
        TableHover = "#212832", TableStriped = "#1D232B",
    };
}
