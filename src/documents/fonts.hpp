// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

struct _PangoContext;  // NOLINT(bugprone-reserved-identifier): Pango names it so

namespace phoihop::documents {

/// The one family that pages are set in: Tinos, whose letters are as wide as those of Times New Roman and
/// which has every Vietnamese letter in its four faces.
///
/// It is read through a font configuration of its own that names only the files of that family, so that
/// every machine makes the same page, whatever fonts are installed. Whoever writes many documents keeps one
/// `Fonts`. Use it from one thread at a time.
class Fonts {
public:
    /// Throws when the folder (fixed when the program is built) lacks the family.
    Fonts();
    ~Fonts();
    Fonts(Fonts&&) noexcept;
    Fonts& operator=(Fonts&&) noexcept;

    /// How long a text is in one line, in points.
    [[nodiscard]] double width(std::string_view text, double points, bool bold) const;

    [[nodiscard]] _PangoContext* context() const;

    static constexpr const char* family = "Tinos";
    /// The height of a line at single spacing, as a part of the letter size: what word processors give
    /// Times New Roman.
    static constexpr double line_height = 1.149;
    static constexpr double ascent = 0.891;

private:
    struct Held;
    std::unique_ptr<Held> m_held;
};

}  // namespace phoihop::documents
