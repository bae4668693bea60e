//! What the pages say about the course, as plain rows: this room knows no course, so whoever asks for pages hands it over.

/// The course as the student has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The article's statements, and the lessons that test each.
    pub units: Vec<UnitRow>,
    /// What to do next; `None` if all is passed.
    pub next: Option<NextStep>,
}

impl Course {
    /// Every lesson in order.
    pub fn lessons(&self) -> impl Iterator<Item = &LessonRow> {
        self.units.iter().flat_map(|unit| &unit.lessons)
    }
}

/// One statement of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The app.
    pub app: &'static str,
    /// What the article says about it.
    pub phrase: &'static str,
    /// The lessons that test it.
    pub lessons: Vec<LessonRow>,
}

/// One lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonRow {
    /// Its place in the course, from 0.
    pub number: u32,
    /// Its name, as commands take it.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// An estimate for all its exercises.
    pub minutes: u32,
    /// The file that the student edits.
    pub file: String,
    /// Its exercises in order.
    pub exercises: Vec<ExerciseRow>,
}

impl LessonRow {
    /// The file name of its page: `05-relay.html`.
    pub fn page(&self) -> String {
        format!("{:02}-{}.html", self.number, self.name)
    }

    /// How many of its exercises are passed.
    pub fn passed(&self) -> usize {
        self.exercises.iter().filter(|exercise| exercise.passed).count()
    }
}

/// One exercise, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseRow {
    /// `lesson/function`.
    pub id: &'static str,
    /// What it asks for, in a word.
    pub kind: &'static str,
    /// An estimate.
    pub minutes: u32,
    /// How it stands, in words.
    pub state: &'static str,
    /// Whether that is a pass.
    pub passed: bool,
}

/// The next step, as the front door's map names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The exercise.
    pub id: &'static str,
    /// What it asks for, in a word.
    pub kind: &'static str,
    /// An estimate.
    pub minutes: u32,
    /// How it stands, in words.
    pub state: &'static str,
    /// The file to edit, and the line if it is there.
    pub place: String,
    /// The command that checks it.
    pub check: String,
    /// The command that helps.
    pub help: String,
}
