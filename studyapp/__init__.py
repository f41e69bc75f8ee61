"""StudyApp: flashcards, quizzes and timed practice exams for future medical office managers.

Importing this package loads nothing heavy; the composition root is `studyapp.app`.
"""

__version__ = "0.1.0"
