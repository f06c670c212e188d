package courses

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// idiomList is what people say who grew up with English, and what those stumble
// over who learned it later: pictures that cannot be read word by word, office
// words, words of services. Behind "=" stands what says the same plainly and fits
// into the same sentence; behind "~" what says it and does not fit everywhere, so
// that it is only shown. Forms of one word stand with commas between them, and so
// do theirs.
//
// It is our own, and short on purpose: every entry must be right nearly every
// time, or people stop reading advice. What a course needs all the same goes into
// its glossary, and is then left alone.
const idiomList = `
a blessing in disguise = something good in the end
a far cry from = very different from
a fish out of water = a person in a strange place
a grey area = not clear
a hard pill to swallow = hard to accept
a leap of faith = a brave step
a long shot = not likely
a pain in the neck = annoying
a piece of cake = very easy
a rule of thumb = a simple rule
a shoulder to cry on = somebody who listens
a slippery slope = a dangerous beginning
a tall order = a lot to ask
a vicious circle = a problem that feeds itself
a weight off my shoulders = a great relief
a weight off your shoulders = a great relief
actionable ~ that you can act on
add fuel to the fire, adds fuel to the fire, added fuel to the fire = make it worse, makes it worse, made it worse
against all odds = although nobody expected it
all ears = ready to listen
at the drop of a hat = at once
at the eleventh hour = at the last moment
at the end of your tether = with no strength left
at wits end = with no idea what to do
at your wit's end = with no idea what to do
back to square one = back at the beginning
back to the drawing board = back to the beginning
ballpark figure = rough number
bark up the wrong tree, barking up the wrong tree = look in the wrong place, looking in the wrong place
bear the brunt, bore the brunt, bearing the brunt ~ suffer most, suffered most, suffering most
beat about the bush, beating about the bush = talk around it, talking around it
beat around the bush, beating around the bush = talk around it, talking around it
behind closed doors = in secret
bend over backwards, bends over backwards, bent over backwards, bending over backwards = try very hard, tries very hard, tried very hard, trying very hard
best practice ~ what works well
better late than never = late is better than not at all
bite off more than you can chew = take on too much
bite the bullet, bit the bullet, biting the bullet = do the hard thing, did the hard thing, doing the hard thing
bite your tongue ~ say nothing
blow off steam, blew off steam, blowing off steam = let feelings out, let feelings out, letting feelings out
bottle it up, bottled it up, bottling it up = keep it inside, kept it inside, keeping it inside
bottle things up, bottled things up, bottling things up = keep things inside, kept things inside, keeping things inside
break the ice, broke the ice, breaking the ice = start to talk, started to talk, starting to talk
broken record = person who says the same thing again and again
bring to the table, brings to the table, brought to the table = offer, offers, offered
burn bridges, burned bridges, burning bridges = end things badly, ended things badly, ending things badly
burn the candle at both ends, burning the candle at both ends = work too much, working too much
butterflies in my stomach = a nervous feeling
butterflies in your stomach = a nervous feeling
by and large = mostly
by the book = by the rules
by the same token = in the same way
call it a day, called it a day, calling it a day = stop, stopped, stopping
capacity building = learning new skills
circle back, circles back, circled back, circling back = come back, comes back, came back, coming back
clear the air, cleared the air, clearing the air = talk about what is wrong, talked about what was wrong, talking about what is wrong
clutch at straws, clutching at straws = try anything, trying anything
cold turkey = all at once
come full circle, comes full circle, came full circle = come back to the beginning, comes back to the beginning, came back to the beginning
come to terms with, comes to terms with, came to terms with, coming to terms with = learn to accept, learns to accept, learned to accept, learning to accept
co-produce, co-produced, co-producing = make together, made together, making together
co-production ~ making something together
cut corners, cutting corners = do it badly to save time, doing it badly to save time
cut no ice = make no difference
cut to the chase, cutting to the chase = come to the point, coming to the point
deep dive = close look
deliverables = results
devil's advocate = somebody who argues the other side
double-edged sword = thing that helps and hurts
down in the dumps = sad
down the line = later
down to earth = simple and honest
draw the line, drew the line, drawing the line = say stop, said stop, saying stop
drop in the ocean = very small part
drop the ball, dropped the ball, dropping the ball = make a mistake, made a mistake, making a mistake
elephant in the room = thing that nobody talks about
empower, empowers, empowered, empowering ~ give power to, gives power to, gave power to, giving power to
empowerment ~ having power over your own life
every cloud has a silver lining = there is something good in every bad thing
every now and then = sometimes
face the music, faced the music, facing the music = accept what comes, accepted what came, accepting what comes
facilitate, facilitates, facilitated, facilitating ~ help with, helps with, helped with, helping with
fall between the cracks, fell between the cracks, falling between the cracks = be forgotten, was forgotten, being forgotten
fall through the cracks, fell through the cracks, falling through the cracks = be forgotten, was forgotten, being forgotten
feel under the weather, feels under the weather, felt under the weather, feeling under the weather = feel ill, feels ill, felt ill, feeling ill
fight an uphill battle, fighting an uphill battle = have a hard time, having a hard time
find your feet, found your feet, finding your feet = get used to it, got used to it, getting used to it
fit the bill, fits the bill = be right, is right
fly off the handle, flew off the handle, flying off the handle = get very angry, got very angry, getting very angry
food for thought = something to think about
for the time being = for now
from scratch = from the beginning
from the get-go = from the start
game changer = big change
game plan = plan
get a grip, getting a grip = calm down, calming down
get cold feet, gets cold feet, got cold feet = become afraid, becomes afraid, became afraid
get off on the wrong foot, got off on the wrong foot, getting off on the wrong foot = start badly, started badly, starting badly
get the ball rolling, got the ball rolling, getting the ball rolling = start, started, starting
get the hang of, got the hang of, getting the hang of = learn, learned, learning
give someone the benefit of the doubt = believe someone first
give the benefit of the doubt = believe someone first
go the extra mile, goes the extra mile, went the extra mile, going the extra mile = do more than you must, does more than they must, did more than they had to, doing more than you must
go with the flow, goes with the flow, went with the flow, going with the flow = take it as it comes, takes it as it comes, took it as it came, taking it as it comes
going forward = from now on
grasp the nettle = do the hard thing
hands-on = practical
hang in there = do not give up
have a chip on your shoulder = feel angry about the past
have your cake and eat it = have both
heads-up = warning
hit home, hits home = be felt, is felt
hit rock bottom, hits rock bottom, hitting rock bottom = reach the lowest point, reaches the lowest point, reaching the lowest point
hit the ground running = start fast
hit the nail on the head, hits the nail on the head = say exactly what is true, says exactly what is true
hold all the cards, holds all the cards, held all the cards ~ have all the power, has all the power, had all the power
hold your horses = wait
holistic ~ of the whole person
impactful = strong
in a nutshell = in short
in limbo = waiting and not knowing
in the dark about = not told about
in the heat of the moment = while angry or excited
in the loop = told about it
in the long run = in the end
in the nick of time = just in time
in the pipeline = being prepared
in the same boat ~ in the same situation
interface with, interfaces with, interfaced with, interfacing with = work with, works with, worked with, working with
it goes without saying = it is clear
jump on the bandwagon = do what others do
jump the gun, jumped the gun, jumping the gun = start too early, started too early, starting too early
jump through hoops, jumped through hoops, jumping through hoops = do many small things that others ask for, did many small things that others asked for, doing many small things that others ask for
keep an open mind, keeps an open mind, kept an open mind, keeping an open mind = be ready to think again, is ready to think again, was ready to think again, being ready to think again
keep at bay, keeps at bay, kept at bay, keeping at bay = keep away, keeps away, kept away, keeping away
keep someone in the loop = tell someone what happens
keep your chin up = do not give up
keep your cool, kept your cool, keeping your cool = stay calm, stayed calm, staying calm
kick the habit, kicked the habit, kicking the habit = stop, stopped, stopping
kill two birds with one stone = do two things at once
learn the hard way, learned the hard way, learnt the hard way = learn from hard times, learned from hard times, learned from hard times
learn the ropes, learned the ropes, learning the ropes = learn how it works, learned how it works, learning how it works
leave no stone unturned = try everything
let off steam, letting off steam = let feelings out, letting feelings out
let sleeping dogs lie = leave it alone
let the cat out of the bag = tell the secret
a level playing field = the same chance for all
leverage, leverages, leveraged, leveraging ~ use, uses, used, using
light at the end of the tunnel = hope
long story short ~ in short
lose your temper, lost your temper, losing your temper = get angry, got angry, getting angry
low-hanging fruit = easy things
make a mountain out of a molehill = make a small problem big
make ends meet, makes ends meet, made ends meet, making ends meet = have enough money to live, has enough money to live, had enough money to live, having enough money to live
meet halfway, met halfway, meeting halfway ~ each give a little, each gave a little, each giving a little
move the goalposts, moved the goalposts, moving the goalposts = change the rules, changed the rules, changing the rules
move the needle, moved the needle, moving the needle = make a difference, made a difference, making a difference
multi-agency ~ with several services
needle in a haystack = thing that is very hard to find
nip it in the bud, nipped it in the bud = stop it early, stopped it early
no-brainer = clear choice
no strings attached = with nothing asked in return
off the beaten track = far from where people go
off the cuff = without preparing
off the record = not to be told to others
on cloud nine = very happy
on the same page = of the same mind
on the same wavelength = of the same mind
on thin ice = in danger of trouble
once in a blue moon = very rarely
onboarding ~ first days
open a can of worms = start many problems
out of the blue = suddenly
out of the loop = not told
out of your depth = with more than you can manage
over the moon = very happy
paint the town red = go out and celebrate
pass the buck, passed the buck, passing the buck = leave it to others, left it to others, leaving it to others
pay lip service to, pays lip service to, paid lip service to, paying lip service to = only say yes to, only says yes to, only said yes to, only saying yes to
play it by ear, played it by ear, playing it by ear = decide as you go, decided as they went, deciding as you go
point the finger, pointed the finger, pointing the finger = blame others, blamed others, blaming others
pull strings, pulled strings, pulling strings ~ ask friends with power, asked friends with power, asking friends with power
pull through, pulled through, pulling through = get better, got better, getting better
pull yourself together, pulling yourself together = calm down, calming down
push the envelope, pushed the envelope, pushing the envelope = go further, went further, going further
put a brave face on, puts a brave face on = hide sad feelings about, hides sad feelings about
put your foot down, putting your foot down = say no clearly, saying no clearly
put your foot in it = say the wrong thing
rain check ~ later time
raining cats and dogs = raining hard
read between the lines, reading between the lines = understand what is not said, understanding what is not said
reach out to, reaches out to, reached out to, reaching out to = contact, contacts, contacted, contacting
red flag, red flags = sign of danger, signs of danger
red tape = paperwork
roll with the punches = take what comes
rub salt in the wound = make it hurt more
safe pair of hands = person you can trust
see eye to eye, sees eye to eye, saw eye to eye, seeing eye to eye = agree, agrees, agreed, agreeing
service user, service users ~ person who uses the service, people who use the service
set in stone = fixed
shed light on, sheds light on, shedding light on = explain, explains, explaining
signposting ~ saying where to get help
sit on the fence, sits on the fence, sat on the fence, sitting on the fence = not decide, does not decide, did not decide, not deciding
skating on thin ice = taking a risk
skeletons in the closet = secrets
skeletons in the cupboard = secrets
spill the beans, spilled the beans, spilling the beans = tell the secret, told the secret, telling the secret
stakeholder, stakeholders ~ person it matters to, people it matters to
stand on your own two feet, standing on your own two feet = manage without help, managing without help
stick to your guns, sticking to your guns = not change your mind, not changing your mind
straight from the horse's mouth = from the person who knows
take a back seat, takes a back seat, took a back seat, taking a back seat ~ let others lead, lets others lead, let others lead, letting others lead
take for granted, takes for granted, took for granted, taking for granted = expect without thinking, expects without thinking, expected without thinking, expecting without thinking
take it for granted, takes it for granted, took it for granted, taking it for granted = expect it without thinking, expects it without thinking, expected it without thinking, expecting it without thinking
take the bull by the horns = face the problem
take the plunge, took the plunge, taking the plunge = dare to begin, dared to begin, daring to begin
take with a pinch of salt, taken with a pinch of salt ~ not believe all of, not believed completely
the ball is in your court = it is your turn
the bigger picture ~ the whole situation
the big picture ~ the whole situation
the bottom line ~ what matters most
the last straw = the thing that was too much
the lion's share = most
the tip of the iceberg = a small part
the whole nine yards = everything
think outside the box, thinks outside the box, thought outside the box, thinking outside the box = think in new ways, thinks in new ways, thought in new ways, thinking in new ways
through the grapevine = from other people
through thick and thin = in good and bad times
throw in the towel, threw in the towel, throwing in the towel = give up, gave up, giving up
tie up loose ends, tied up loose ends, tying up loose ends = finish small things, finished small things, finishing small things
tongue in cheek = meant as a joke
touch base, touches base, touched base, touching base = talk, talks, talked, talking
touch and go = not certain
turn a blind eye, turns a blind eye, turned a blind eye, turning a blind eye ~ choose not to see it, chooses not to see it, chose not to see it, choosing not to see it
turn over a new leaf, turns over a new leaf, turned over a new leaf, turning over a new leaf = start again, starts again, started again, starting again
up in arms = very angry
up to speed = ready and informed
upskill, upskills, upskilled, upskilling = learn new skills, learns new skills, learned new skills, learning new skills
utilise, utilises, utilised, utilising = use, uses, used, using
utilize, utilizes, utilized, utilizing = use, uses, used, using
walk on eggshells, walks on eggshells, walked on eggshells, walking on eggshells = be very careful, is very careful, was very careful, being very careful
wash your hands of = have no more to do with
water under the bridge = over and forgotten
weather the storm, weathered the storm, weathering the storm ~ get through it, got through it, getting through it
wear your heart on your sleeve = show your feelings
whole new ball game = quite different thing
with flying colours = very well
wrap your head around, wrapping your head around = understand, understanding
wraparound support = support with everything
`

// A form is one form of an idiom: its words, in small letters, and what says the
// same plainly.
type form struct {
	words   []string
	plainer string
	fits    bool // into the same sentence
}

// idioms are the forms of idiomList by their first word, the longest first.
var idioms = sync.OnceValue(func() map[string][]form {
	all := map[string][]form{}
	for line := range strings.Lines(idiomList) {
		said, plainer, fits := strings.Cut(strings.TrimSpace(line), " = ")
		if !fits {
			said, plainer, _ = strings.Cut(strings.TrimSpace(line), " ~ ")
		}
		plain := strings.Split(plainer, ", ")
		for i, phrase := range strings.Split(said, ", ") {
			if words := wordsOfPhrase(phrase); len(words) > 0 {
				all[words[0]] = append(all[words[0]], form{words, plain[i], fits})
			}
		}
	}
	for _, forms := range all {
		slices.SortStableFunc(forms, func(a, b form) int { return len(b.words) - len(a.words) })
	}
	return all
})

// idiomAt is the idiom that begins at a word of a text, and where it ends.
func idiomAt(text []byte, at int) (found form, end int, ok bool) {
	for _, f := range idioms()[strings.ToLower(string(text[at:wordStop(text, at)]))] {
		if end, ok := f.match(text, at); ok {
			return f, end, true
		}
	}
	return form{}, 0, false
}

func (f form) match(text []byte, at int) (end int, ok bool) {
	for i, want := range f.words {
		if i > 0 {
			at = betweenWords(text, end)
			if at == end {
				return 0, false
			}
		}
		end = wordStop(text, at)
		if strings.ToLower(string(text[at:end])) != want {
			return 0, false
		}
	}
	return end, true
}

// betweenWords moves over what stands between two words of a phrase: blanks, or
// the apostrophe of a genitive.
func betweenWords(text []byte, at int) int {
	rest := string(text[at:min(len(text), at+3)])
	switch {
	case strings.HasPrefix(rest, "'"):
		return at + 1
	case strings.HasPrefix(rest, "’"):
		return at + len("’")
	}
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t') {
		at++
	}
	return at
}

func wordStop(text []byte, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if !isWordRune(r) {
			break
		}
		at += size
	}
	return at
}

// wordsOfPhrase are the words of a phrase in small letters; an apostrophe parts them, as
// it does where they are looked for.
func wordsOfPhrase(phrase string) []string {
	return strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return !isWordRune(r) })
}
